// How texts of answers are shown: titles, addresses, lines with identifiers.
import { h, name } from "./dom.ts";
import { dated, day } from "./words.ts";
import { look } from "./marks.ts";
import type { Shown } from "./types.ts";

// Of these it is enough to say once more what was asked; the others stand in the chips alone.
const MAIN = ["state", "who", "partner", "organisation", "focus", "record", "item", "text", "theme", "region", "section"];

/** What is asked and of whom or what, such as `Partners that could help: Caribbean Community, Border control`. */
export function titled({ answer, view }: Shown): string {
  const { since, until } = answer.parameters as Record<string, string | undefined>;
  const of = MAIN.map((one) => (one === "focus" && view.neighbourhood?.nodes[0]?.name) || view.asked[one]).filter(Boolean);
  if (since && until) of.push(`${day(since)} – ${day(until)}`);
  return of.length ? `${view.title}: ${of.join(", ")}` : view.title;
}

/** A line without the identifier of its row, which the panel tells. */
export function told(line: string, key: string): string {
  const ids = [key, ...key.split("+"), key.slice(key.indexOf(" ") + 1)];
  if (line === key && key.includes(" ")) return look(key.slice(0, key.indexOf(" "))).words;
  if (ids.includes(line)) return "";
  const id = ids.find((one) => line.startsWith(`${one}, `));
  return id ? line.slice(id.length + 2) : line;
}

/** An address on the web as a link that shows whose it is; anything else as text. */
export function linked(line: string): HTMLElement {
  if (!web(line)) return name(dated(line));
  const host = URL.canParse(line) ? new URL(line).host : line;
  return h("a", { href: line, rel: "noopener noreferrer", target: "_blank", title: line }, name(host));
}

/** Whether an address from data leads to the web, and nowhere else. */
export const web = (url: string): boolean => /^https?:\/\//i.test(url);
