// The shapes that the server sends: `queries/answer.py`, `viz/view.py` and `api/explorer.py` declare them.

export interface Named { id: string; name: string }
export interface StateName { iso3: string; name: string }
export interface Ref { type: string; id: string }

export interface Feature {
  name: string;
  value: number;
  weight: number;
  sentence: string;
  records: Ref[];
}

/** A row of any question; what it has besides is declared beside the picture that reads it. */
export interface Row {
  score: number | null;
  features: Feature[];
}

export interface Source {
  id: string;
  title: string;
  publisher: string | null;
  date: string | null;
  url: string | null;
  licence: string | null;
}

export interface Answer {
  question: string;
  parameters: Record<string, unknown>;
  as_of: string;
  data_version: string;
  total: number;
  truncated: boolean;
  rows: Row[];
  caveats: string[];
  sources: Source[];
}

export interface ViewRow { key: string; cells: Record<string, string>; why: string[] }

export interface ViewNode {
  key: string;
  type: string;
  id: string;
  name: string;
  level: number;
  x: number;
  y: number;
  radius: number;
}

export interface ViewEdge { start: string; end: string; words: string[] }

export interface Neighbourhood {
  nodes: ViewNode[];
  edges: ViewEdge[];
  left_out: Record<string, number>;
  notes: string[];
}

export interface View {
  /** What the question is called; the date is the answer's. */
  title: string;
  asked: Record<string, string>;
  rows: ViewRow[];
  names: Record<string, string>;
  neighbourhood: Neighbourhood | null;
}

export interface Shown { answer: Answer; view: View }

export type Kind = "text" | "number" | "whole number" | "yes or no" | "date" | "name=number";

export interface Parameter {
  name: string;
  kind: Kind;
  required: boolean;
  repeated: boolean;
  default: string | null;
  description: string;
  /** Whom it can name: "state", "organisation", "members" (organisations that have States as members). */
  about: string[];
}

export interface Question {
  name: string;
  title: string;
  description: string;
  parameters: Parameter[];
}

export interface Look { colour: string; shape: string; words: string }

/** What the page learns once, at its start. */
export interface Known {
  version: string;
  questions: Question[];
  themes: Named[];
  types: Record<string, Look>;
  /** The region of each State by its code. */
  regions: Record<string, string>;
  /** What States are called in the language that was asked for, by code; empty in English. */
  states: Record<string, string>;
}
