// What is asked and what is chosen stands in the address: a link opens the very same view, and back goes back one step.

/** What the page shows. */
export interface Place {
  /** The name of the question; empty: the start page. */
  question: string;
  /** The values of its parameters by name. */
  values: Record<string, string[]>;
  /** The key of the row that is chosen. */
  row: string;
  /** The words that the rows are filtered by. */
  find: string;
  /** What else they are filtered by: `theme`, `region`, `state`, `provider`, and `from` and `until`, which are years. */
  only: Record<string, string>;
}

const OWN = ["ask", "row", "find", "only", "lang"];

export const EMPTY: Place = { question: "", values: {}, row: "", find: "", only: {} };

/** What an address says. */
export function read(search: string): Place {
  const given = new URLSearchParams(search);
  const values: Record<string, string[]> = {};
  for (const key of new Set(given.keys())) {
    if (!OWN.includes(key)) values[key] = given.getAll(key).filter(Boolean);
  }
  return {
    question: given.get("ask") ?? "", values, row: given.get("row") ?? "", find: given.get("find") ?? "",
    only: Object.fromEntries(given.getAll("only").filter((one) => one.includes(":")).map((one) => [one.slice(0, one.indexOf(":")), one.slice(one.indexOf(":") + 1)])),
  };
}

/** The address of a place. */
export function address(place: Place): string {
  const said = new URLSearchParams();
  if (place.question) said.set("ask", place.question);
  for (const [name, values] of Object.entries(place.values)) for (const value of values) said.append(name, value);
  if (place.find) said.set("find", place.find);
  for (const [name, value] of Object.entries(place.only)) said.append("only", `${name}:${value}`);
  if (place.row) said.set("row", place.row);
  const lang = new URLSearchParams(location.search).get("lang");
  if (lang) said.set("lang", lang);
  const query = said.toString();
  return query ? `/?${query}` : "/";
}

/** The part of the address that the question itself is asked by. */
export function asked(place: Place): string {
  const said = new URLSearchParams();
  for (const [name, values] of Object.entries(place.values)) for (const value of values) said.append(name, value);
  return said.toString();
}

let listener: (place: Place, before: Place) => void = () => {};
let now: Place = EMPTY;

/** Where the page is. */
export const here = (): Place => now;

/** Be told of each change of place, and begin with the address as it is. */
export function listen(told: (place: Place, before: Place) => void): void {
  listener = told;
  addEventListener("popstate", () => move(read(location.search)));
  move(read(location.search));
}

function move(place: Place): void {
  const before = now;
  now = place;
  listener(place, before);
}

/** Go there; `aside` changes the address without a step to go back by. */
export function go(place: Place, aside = false): void {
  const to = address(place);
  if (aside) history.replaceState(null, "", to);
  else if (to !== location.pathname + location.search) history.pushState(null, "", to);
  move(place);
}
