// Why this row: its reasons with bars and sentences, the records behind them, and what is not known.
import { h, name } from "./dom.ts";
import { mark, look } from "./marks.ts";
import { dated, say, number, sayOr } from "./words.ts";
import { address } from "./address.ts";
import { around } from "./onward.ts";
import { details } from "./details.ts";
import { linked, told, web } from "./text.ts";
import type { Feature, Ref, Row, Shown, ViewRow } from "./types.ts";

const MOST_RECORDS = 6;

/** What is said of the row; `actions` stand below its name. */
export function why(shown: Shown, row: Row, { key, cells }: ViewRow, actions: Node[]): Node[] {
  const [title = "", ...below] = (Object.values(cells)[0] ?? "").split("\n");
  const rest = below.map((line) => told(line, key)).filter(Boolean);
  const speaking = row.features.filter((one) => one.value > 0 || one.weight === 0);
  const silent = row.features.filter((one) => one.value === 0 && one.weight > 0);
  const heaviest = Math.max(...row.features.map((one) => one.weight), 0);
  const besides = details(row, Object.keys(cells), shown.answer.sources);
  return [
    h("h2", { tabindex: "-1" }, name(dated(title))),
    ...rest.map((line) => h("p", { class: "pale" }, name(dated(line)))),
    actions.length > 0 && h("p", { class: "actions" }, ...actions),
    ...said(cells),
    ...section(say("reasons"), speaking, heaviest, shown, row.score),
    ...section(say("notKnown"), silent, heaviest, shown),
    ...besides,
    identifier(key) && h("p", { class: "pale reference" }, say("reference", { id: identifier(key) })),
  ].filter((node): node is HTMLElement => Boolean(node));
}

/** What the table says in its other columns: on small screens the table is out of sight. */
function said(cells: Record<string, string>): Node[] {
  const others = Object.entries(cells).slice(1).filter(([, text]) => text);
  if (!others.length) return [];
  return [h("dl", {}, ...others.flatMap(([column, text]) => [
    h("dt", {}, column), h("dd", {}, ...text.split("\n").map((line) => h("div", {}, linked(line)))),
  ]))];
}

/** By what the row is known to other programs, unless it is made of several records. */
const identifier = (key: string): string => (key.includes("+") ? "" : key);

function section(title: string, features: Feature[], heaviest: number, shown: Shown, score: number | null = null): Node[] {
  if (!features.length) return [];
  const ordered = [...features].sort((a, b) => b.value * b.weight - a.value * a.weight);
  const fits = score === null ? [] : [h("p", {}, say("score", { score: number(score, 2) })), h("p", { class: "pale" }, say("scoreHelp"))];
  return [h("h3", {}, title), ...fits, h("ul", { class: "reasons" }, ...ordered.map((one) => reason(one, heaviest, shown)))];
}

function reason(one: Feature, heaviest: number, shown: Shown): HTMLElement {
  const bar = h("span", { class: "bar", "aria-hidden": "true" }, h("span", { class: "full" }));
  if (heaviest > 0 && one.weight > 0) {
    // As wide as the reason can weigh; filled as far as it does.
    bar.style.width = `${(100 * one.weight) / heaviest}%`;
    (bar.firstElementChild as HTMLElement).style.width = `${100 * one.value}%`;
  } else bar.hidden = true;
  const figures = one.weight > 0 ? say("weight", { value: number(one.value, 2), weight: number(one.weight, 1) }) : "";
  return h(
    "li", {},
    h("div", { class: "head" }, h("strong", {}, first(sayOr(`feature_${one.name}`, sayOr(`bar_${one.name}`, one.name.replace(/_/g, " "))))), h("span", { class: "pale figures" }, figures)),
    bar,
    h("p", {}, name(dated(one.sentence))),
    one.records.length > 0 && records(one.records, shown),
  );
}

const first = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

function records(refs: Ref[], shown: Shown): HTMLElement {
  const rest = refs.slice(MOST_RECORDS);
  const list = h("ul", { class: "records" }, ...refs.slice(0, MOST_RECORDS).map((one) => record(one, shown)));
  if (rest.length) {
    const more = h("button", { type: "button", class: "plain" }, say("andMore", { more: rest.length }));
    const item = h("li", {}, more);
    more.addEventListener("click", () => item.replaceWith(...rest.map((one) => record(one, shown))));
    list.append(item);
  }
  return list;
}

function record(one: Ref, shown: Shown): HTMLElement {
  const called = shown.view.names[`${one.type} ${one.id}`] ?? one.id;
  const source = one.type === "Source" ? shown.answer.sources.find((known) => known.id === one.id) : undefined;
  const text = h("span", {}, name(called));
  const to = around(one.type, one.id);
  const link = source?.url && web(source.url) ? h("a", { href: source.url, rel: "noopener noreferrer", target: "_blank" }, text)
    : to ? h("a", { href: address(to), "data-go": true, title: say("around") }, text) : text;
  return h("li", {}, mark(one.type, 10), h("span", { class: "unseen" }, `${look(one.type).words}: `), link);
}
