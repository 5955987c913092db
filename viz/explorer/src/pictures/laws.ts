// The picture for laws: a list by legal tradition and language, the official text first. As a list is text, it is one
// of HTML, with links to the texts; so it wires its rows by itself.
import { h, name, s } from "../dom.ts";
import { web } from "../text.ts";
import { day, say, type Key } from "../words.ts";
import type { Draw, State } from "../picture.ts";
import type { Feature, Named, Row, Shown, StateName } from "../types.ts";
import type { Handlers } from "../table.ts";

type Seen = "government page, read" | "government address, not opened" | "other page, read" | "secondary source" | "no address";
interface Law extends Row {
  law: { id: string; title: string; date: string | null; kind: string | null; subject: string | null; address: string | null; note: string | null };
  role: "own" | "other State" | "organisation";
  section: Named;
  states: StateName[];
  organisations: Named[];
  text: Seen;
  likeness: number | null;
}
interface Keyed { row: Law; key: string }
interface Group { order: number; title: string; laws: Keyed[] }

// What is nearest to the official text stands first. A page for what is official, a round for what is not: filled
// where it was read.
const TEXTS: Record<Seen, { words: Key; form: string; filled: boolean }> = {
  "government page, read": { words: "laws_official", form: "M3.5 1.5h6l3 3v10h-9z", filled: true },
  "government address, not opened": { words: "laws_listed", form: "M3.5 1.5h6l3 3v10h-9z", filled: false },
  "other page, read": { words: "laws_other", form: "M8 3.5a4.5 4.5 0 100 9a4.5 4.5 0 000-9z", filled: true },
  "secondary source": { words: "laws_secondary", form: "M8 3.5a4.5 4.5 0 100 9a4.5 4.5 0 000-9z", filled: false },
  "no address": { words: "laws_none", form: "M4 8h8", filled: false },
};
const SEEN = Object.keys(TEXTS);
// Below this the line of a law has no room for columns.
const COLUMNS = 720;
const TWO_LINES = 480;

export const laws: Draw = (shown, room, handlers) => {
  const rows = (shown.answer.rows as Law[]).map((row, at) => ({ row, key: shown.view.rows[at]?.key ?? "" }));
  const several = new Set(rows.map(({ row }) => row.section.id)).size > 1;
  const element = h(
    "div", { class: `laws ${room.width < TWO_LINES ? "stacked" : room.width < COLUMNS ? "two-lines" : "columns"}${several ? " several" : ""}` },
    ...groups(rows, shown).map((group) => h("section", {},
      h("h2", {}, group.title, h("span", { class: "pale" }, ` ${group.laws.length}`)),
      h("ul", {}, ...group.laws.map((one) => item(one, several))))),
  );
  return { element, show: wired(element, handlers) };
};

/** Own laws, texts of organisations, then other States by what they have alike with the one that asks. */
function groups(rows: Keyed[], shown: Shown): Group[] {
  const found = new Map<number, Keyed[]>();
  for (const one of rows) {
    const order = orderOf(one.row);
    found.set(order, [...(found.get(order) ?? []), one]);
  }
  return [...found].sort(([a], [b]) => a - b).map(([order, those]) => ({ order, title: titled(order, those, shown), laws: those.sort(nearest) }));
}

const feature = (row: Row, called: string): Feature | undefined => row.features.find((one) => one.name === called);
const value = (row: Row, called: string): number => feature(row, called)?.value ?? 0;

function orderOf(row: Law): number {
  if (row.role === "own") return 0;
  if (row.role === "organisation") return 1;
  const tradition = value(row, "tradition");
  return 2 + (tradition === 1 ? 0 : tradition > 0 ? 2 : 4) + (value(row, "language") > 0 ? 0 : 1);
}

function nearest(a: Keyed, b: Keyed): number {
  return SEEN.indexOf(a.row.text) - SEEN.indexOf(b.row.text) || (b.row.likeness ?? 0) - (a.row.likeness ?? 0);
}

function titled(order: number, those: Keyed[], shown: Shown): string {
  if (order === 0) {
    const asked = String(shown.answer.parameters["state"] ?? "");
    const own = those[0]?.row.states.find((one) => one.iso3 === asked)?.name;
    return say("lawsOwn", { state: own ?? asked });
  }
  if (order === 1) return say("lawsOrganisation");
  const traditions = named(those, "tradition");
  const languages = named(those, "language");
  const tradition = order < 4 ? (traditions ? say("lawsSameNamed", { names: traditions }) : say("lawsSame")) : say(order < 6 ? "lawsPart" : "lawsOther");
  const language = order % 2 ? say("lawsNoLanguage") : languages ? say("lawsLanguageNamed", { names: languages }) : say("lawsLanguage");
  return `${tradition}, ${language}`;
}

/** What is alike by name, where the sentences of the feature end with it: "…: English." */
function named(those: Keyed[], called: string): string {
  const found = those.flatMap(({ row }) => /: ([^:]+)\.$/.exec(feature(row, called)?.sentence ?? "")?.[1]?.split(", ") ?? []);
  return [...new Set(found)].sort().join(", ");
}

/** A law in one line: its title, who passed it, when, what it is, and what was seen of its text. */
function item({ row, key }: Keyed, several: boolean): HTMLElement {
  const { law } = row;
  const who = [...row.states.map((one) => one.name), ...row.organisations.map((one) => one.name)].join(", ");
  const section = row.section.id.replace(/^section\//, "");
  const seen = TEXTS[row.text];
  const full = [law.title, law.subject, law.note].filter(Boolean).join("\n");
  // What was seen of the text is the link to it.
  const link = law.address && web(law.address)
    ? h("a", { href: law.address, rel: "noopener noreferrer", target: "_blank", "aria-label": say("lawsOpen", { text: say(seen.words), title: law.title }), title: law.address }, say(seen.words))
    : say(seen.words);
  return h(
    "li", { "data-key": key },
    h("button", { type: "button", class: "row", "aria-pressed": "false", tabindex: "-1", title: full }, name(law.title)),
    h("span", { class: "who" }, name(who)),
    h("span", { class: "when", title: law.date ? day(law.date) : say("lawsUndated") }, /\d{4}/.exec(law.date ?? "")?.[0] ?? say("lawsUndated")),
    h("span", { class: "what" }, name(law.kind ?? say("lawsNoKind"))),
    several && h("span", { class: "section", title: row.section.name }, section),
    h("span", { class: "text" }, form(seen), link),
  );
}

function form(seen: { form: string; filled: boolean }): SVGElement {
  return s("svg", { class: `form ${seen.filled ? "filled" : "open"}`, width: 14, height: 14, viewBox: "0 0 16 16", "aria-hidden": "true" }, s("path", { d: seen.form }));
}

/** Hover, click and keyboard of the list: one stop for all titles, between which the arrows move. */
function wired(element: HTMLElement, handlers: Handlers): (state: State) => void {
  const items = [...element.querySelectorAll<HTMLElement>("li[data-key]")];
  const buttons = items.map((one) => one.querySelector("button"));
  const keyOf = (event: Event): string => (event.target as Element).closest<HTMLElement>("li[data-key]")?.dataset["key"] ?? "";
  const stop = (at: number): void => { for (const [index, one] of buttons.entries()) if (one) one.tabIndex = index === at ? 0 : -1; };
  stop(0);
  element.addEventListener("pointerover", (event) => handlers.light(keyOf(event)));
  element.addEventListener("pointerleave", () => handlers.light(""));
  element.addEventListener("focusin", (event) => handlers.light(keyOf(event)));
  element.addEventListener("focusout", () => handlers.light(""));
  element.addEventListener("click", (event) => {
    const key = keyOf(event);
    const link = (event.target as Element).closest("a");
    // A text that somebody is marking in order to copy it is no choice of the row, nor is a link.
    if (key && !link && !getSelection()?.toString()) handlers.choose(key);
  });
  element.addEventListener("keydown", (event) => {
    const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
    const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: buttons.length - 1 }[event.key];
    if (at < 0 || next === undefined) return;
    event.preventDefault();
    const to = Math.max(0, Math.min(buttons.length - 1, next));
    stop(to);
    buttons[to]?.focus();
  });
  return (state) => {
    for (const one of items) {
      const key = one.dataset["key"] ?? "";
      one.classList.toggle("lit", key === state.lit);
      one.classList.toggle("chosen", key === state.chosen);
      one.hidden = state.hidden.has(key);
      one.querySelector("button")?.setAttribute("aria-pressed", String(key === state.chosen));
    }
  };
}
