// What a row says besides its reasons, field by field, as the answer has it: readings, statements, entries, courses.
import { h, name } from "./dom.ts";
import { mark } from "./marks.ts";
import { amount, dated, day, number, say, sayOr } from "./words.ts";
import { address } from "./address.ts";
import { around } from "./onward.ts";
import { web } from "./text.ts";
import type { Ref, Row, Source } from "./types.ts";

type Thing = Record<string, unknown>;

const MOST = 8;
// Told already: by the table, by the reasons, or of no use to people.
const TOLD = new Set(["score", "features", "id", "iso3", "name", "title", "field", "type", "edges", "level", "kind", "role", "text", "section", "without_amount", "reading", "detail"]);
const CALLED = ["name", "title", "text", "subject", "what", "sentence"];
const BESIDES = ["reading", "date", "date_text", "when", "observed", "last_seen", "reason", "why", "how", "detail", "status", "role", "note", "outcome", "part"];
/** The readings of a field, told apart by form: `EXPLORER.md`, Look. */
const FORMS: Record<string, string> = { "in place": "■", incomplete: "◧", "no entry": "□", unknown: "·" };

const isThing = (value: unknown): value is Thing => typeof value === "object" && value !== null && !Array.isArray(value);
const words = (field: string): string => sayOr(`field_${field}`, field.charAt(0).toUpperCase() + field.slice(1).replace(/_/g, " "));

/** All that the row says besides, a section a field; what a column of the table is called is told there. */
export function details(row: Row, columns: string[], sources: Source[]): Node[] {
  const found: Node[] = [];
  for (const [field, value] of Object.entries(row)) {
    if (TOLD.has(field) || columns.includes(words(field)) || !value) continue;
    const items = (Array.isArray(value) ? value : [value]).map((one) => item(one, sources)).filter((one): one is HTMLElement => one !== null);
    if (items.length) found.push(h("h3", {}, words(field)), list(items));
  }
  return found;
}

function list(items: HTMLElement[]): HTMLElement {
  const rest = items.slice(MOST);
  const made = h("ul", { class: "details" }, ...items.slice(0, MOST));
  if (rest.length > 1) {
    const more = h("li", {}, h("button", { type: "button", class: "plain", click: () => more.replaceWith(...rest) }, say("andMore", { more: rest.length })));
    made.append(more);
  } else made.append(...rest);
  return made;
}

function item(value: unknown, sources: Source[]): HTMLElement | null {
  if (typeof value === "string") return h("li", {}, name(dated(value)));
  if (typeof value === "number") return h("li", {}, number(value));
  if (!isThing(value)) return null;
  const own = called(value);
  if (!own) return null;
  const reading = String(value["reading"] ?? "");
  const form = FORMS[reading];
  const beside = BESIDES.map((field) => [field, value[field]] as const)
    // Names of relationships are for programs.
    .filter(([, said]) => typeof said === "string" && said && said !== own && !/^[A-Z]+_[A-Z_]+$/.test(said))
    .map(([field, said]) => (field === "reading" && form ? reading : dated(day(said as string))));
  if (typeof value["amount"] === "number") beside.push(amount(value["amount"], (value["currency"] as string | null) ?? null));
  if (Array.isArray(value["who"]) && value["who"].length) beside.push(value["who"].filter((one) => typeof one === "string").join(", "));
  const inner = ["statements", "evidence"].flatMap((field) => (Array.isArray(value[field]) ? (value[field] as unknown[]).map((one) => item(one, sources)) : [])).filter((one): one is HTMLElement => one !== null);
  return h("li", {},
    form ? h("span", { class: "form", "aria-hidden": "true" }, form) : null,
    named(value, own),
    beside.length > 0 && h("span", { class: "pale" }, ` · ${beside.join(" · ")}`),
    ...from(value, sources),
    inner.length > 0 && list(inner),
  );
}

/** Links to where a statement is from. */
function from(value: Thing, sources: Source[]): Node[] {
  const ids = Array.isArray(value["sources"]) ? value["sources"].map((one) => (isThing(one) ? one["id"] : one)) : [];
  return sources.filter((one) => ids.includes(one.id)).flatMap((one) => [
    h("span", { class: "pale" }, " · "),
    one.url && web(one.url)
      ? h("a", { href: one.url, rel: "noopener noreferrer", target: "_blank", title: one.title }, name(one.publisher ?? one.title))
      : h("span", { class: "pale" }, name(one.publisher ?? one.title)),
  ]);
}

/** What a thing is called: by its own name, else by those of the things in it. */
function called(value: Thing): string {
  for (const field of CALLED) if (typeof value[field] === "string" && value[field]) return value[field] as string;
  return Object.values(value).filter(isThing).map(called).filter(Boolean).join(": ");
}

function named(value: Thing, text: string): Node {
  const refs = Array.isArray(value["records"]) ? (value["records"] as Ref[]) : [];
  const only = refs.length === 1 ? refs[0] : undefined;
  if (!only) return name(dated(text));
  const to = around(only.type, only.id);
  const link = to ? h("a", { href: address(to), "data-go": true, title: say("around") }, name(dated(text))) : name(dated(text));
  return h("span", {}, mark(only.type, 10), link);
}
