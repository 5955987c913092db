// Where a row leads: the draft of a regional request, or further into the network.
import { h } from "./dom.ts";
import { say } from "./words.ts";
import { EMPTY, address, here, type Place } from "./address.ts";
import { draft } from "./carry.ts";
import { web } from "./text.ts";
import type { Named, Row, Shown, StateName } from "./types.ts";

/** What can be done from a row. */
export function onward(shown: Shown, row: Row, key: string): Node[] {
  if (shown.answer.question === "groupings") return [request(shown, row as Row & { states: StateName[]; shared: Named[] })];
  const source = shown.answer.sources.find((one) => key === `Source ${one.id}`);
  if (source?.url && web(source.url)) return [h("a", { class: "action", href: source.url, rel: "noopener noreferrer", target: "_blank" }, say("openSource"))];
  if (shown.answer.question !== "network" || (row as Row & { level?: number }).level === 0) return [];
  const link = (place: Place, words: string): HTMLElement => h("a", { class: "action", href: address(place), "data-go": "stay" }, words);
  const from = around(key.slice(0, key.indexOf(" ")), key.slice(key.indexOf(" ") + 1));
  return [link(expanded(key), say(isExpanded(key) ? "netFold" : "netExpand")), ...(from ? [link(from, say("netFrom"))] : [])];
}

function request(shown: Shown, grouping: { states: StateName[]; shared: Named[] }): HTMLElement {
  const values = { states: grouping.states.map((one) => one.iso3).join(","), theme: grouping.shared.map((one) => one.id) };
  return draft(shown, "regional-request", values, say("draftRegional"));
}

const isExpanded = (key: string): boolean => here().values["expand"]?.includes(key) ?? false;

/** The same network with what this node is linked with, or without it. */
export function expanded(key: string): Place {
  const place = here();
  const old = place.values["expand"] ?? [];
  const expand = old.includes(key) ? old.filter((one) => one !== key) : [...old, key];
  return { ...place, values: { ...place.values, expand } };
}

/** The same network with these kinds of record alone. */
export const only = (types: string[]): Place => ({ ...here(), row: "", values: { ...here().values, types } });

/** Where one looks at a record from: a field at its statements, others at what stands around them; some nowhere. */
export function around(type: string, id: string): Place | null {
  if (["Statement", "Source", "Sector"].includes(type)) return null;
  const { as_of } = here().values;
  const dated: Record<string, string[]> = as_of ? { as_of } : {};
  if (type !== "Field") return { ...EMPTY, question: "network", values: { focus: [id], ...dated } };
  const [state = "", ...item] = id.split("/");
  return { ...EMPTY, question: "explain", values: { state: [state], item: [item.join("/")], ...dated } };
}
