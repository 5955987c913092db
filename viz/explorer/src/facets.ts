// Filters of the rows that are here: by theme, region, State, provider and years; picture and table follow alike.
import { h } from "./dom.ts";
import { say, type Key } from "./words.ts";
import type { Row, Shown } from "./types.ts";

/** What a row has to do with, by identifiers with their names; and the years that it speaks of, if of any. */
interface About { by: Record<Kind, Map<string, string>>; years: [number, number] | null }
type Kind = "theme" | "region" | "state" | "provider";
/** What is filtered by: a kind of facet, or `from` and `until`, which are years. */
export type Only = Record<string, string>;

const KINDS: Kind[] = ["theme", "region", "state", "provider"];
const ANY: Record<Kind, Key> = { theme: "anyTheme", region: "anyRegion", state: "anyState", provider: "anyProvider" };
const THEMES = new Set(["theme", "themes", "shared"]);
const PROVIDERS = new Set(["partner", "partners", "providers", "funders", "implementers"]);
const DATES = new Set(["start", "end", "first", "last", "date", "when", "latest"]);
// What speaks of others than the row itself does.
const ASIDE = new Set(["features", "runner_up", "excluded", "later_providers", "doubling", "statements", "through", "records", "sources", "edges", "conveners", "adding", "like_laws"]);
// Rows of these are things of all kinds, which the picture or the question itself tells apart.
const WITHOUT = new Set(["network", "search"]);

/** The filters of an answer: their fields, and whether a row passes. */
export function facets(shown: Shown, regions: Record<string, string>, changed: (only: Only) => void): { element: HTMLElement; hides: (only: Only) => Set<string>; show: (only: Only) => void } {
  const about = WITHOUT.has(shown.answer.question) ? [] : shown.answer.rows.map((row) => of(row, regions));
  const fields = new Map<string, HTMLSelectElement | HTMLInputElement>();
  const told = (): void => changed(Object.fromEntries([...fields].map(([name, field]) => [name, field.value]).filter(([, value]) => value)));
  for (const kind of KINDS) {
    const counts = new Map<string, [string, number]>();
    for (const one of about) for (const [id, name] of one.by[kind]) counts.set(id, [name, (counts.get(id)?.[1] ?? 0) + 1]);
    if (counts.size < 2) continue;
    const options = [...counts].sort((a, b) => a[1][0].localeCompare(b[1][0]));
    fields.set(kind, h("select", { "aria-label": say(ANY[kind]), change: told }, h("option", { value: "" }, say(ANY[kind])),
      ...options.map(([id, [name, count]]) => h("option", { value: id }, `${name} (${count})`))));
  }
  const years = about.flatMap((one) => one.years ?? []).filter(Number.isFinite);
  const [least, most] = [Math.min(...years), Math.max(...years)];
  if (least < most) for (const [name, value] of [["from", least], ["until", most]] as const) {
    fields.set(name, h("input", { type: "number", class: "year", min: 1900, max: 2199, step: 1, placeholder: `${say(name)} ${value}`, "aria-label": say(name === "from" ? "fromYear" : "untilYear"), change: told }));
  }
  const element = h("span", { class: "facets" }, ...fields.values());
  const hides = (only: Only): Set<string> => new Set(shown.view.rows.filter((_, at) => !passes(about[at], only)).map((row) => row.key));
  const show = (only: Only): void => { for (const [name, field] of fields) if (document.activeElement !== field) field.value = only[name] ?? ""; };
  return { element, hides, show };
}

function passes(one: About | undefined, only: Only): boolean {
  if (!one) return true;
  if (!KINDS.every((kind) => !only[kind] || one.by[kind].has(only[kind]))) return false;
  // What has no date may be of any: unknown hides nothing.
  const year = (name: string): number | undefined => (/^\d{4}$/.test(only[name] ?? "") ? Number(only[name]) : undefined);
  return !one.years || (one.years[1] >= (year("from") ?? -Infinity) && one.years[0] <= (year("until") ?? Infinity));
}

function of(row: Row, regions: Record<string, string>): About {
  const about: About = { by: { theme: new Map(), region: new Map(), state: new Map(), provider: new Map() }, years: null };
  gather(row, "", about);
  for (const iso3 of about.by.state.keys()) {
    const region = regions[iso3];
    if (region) about.by.region.set(region, region);
  }
  return about;
}

function gather(value: unknown, role: "" | "theme" | "provider", about: About): void {
  if (Array.isArray(value)) { for (const one of value) gather(one, role, about); return; }
  if (typeof value !== "object" || value === null) return;
  const thing = value as Record<string, unknown>;
  const id = typeof thing["iso3"] === "string" ? thing["iso3"] : thing["id"];
  const name = thing["name"];
  if (typeof id === "string" && typeof name === "string" && name) {
    if (role) about.by[role].set(id, name);
    else if (/^[A-Z]{3}$/.test(id)) about.by.state.set(id, name);
  }
  for (const [field, inner] of Object.entries(thing)) {
    if (ASIDE.has(field)) continue;
    if (DATES.has(field)) dated(field, inner, thing, about);
    else gather(inner, THEMES.has(field) ? "theme" : PROVIDERS.has(field) ? "provider" : role, about);
  }
}

function dated(field: string, value: unknown, thing: Record<string, unknown>, about: About): void {
  const years = typeof value === "string" ? (value.match(/\b(19|20)\d\d\b/g) ?? []).map(Number) : [];
  // What has begun and has no end goes on.
  if (field === "end" && value === null && typeof thing["start"] === "string") years.push(Infinity);
  for (const year of years) about.years = about.years ? [Math.min(about.years[0], year), Math.max(about.years[1], year)] : [year, year];
}
