// The rows as a table: the equal of each picture. A row is chosen by its button; arrow keys move between rows.
import { h, name } from "./dom.ts";
import { dated, number, say } from "./words.ts";
import { linked, told } from "./text.ts";
import type { Shown, ViewRow } from "./types.ts";

export interface Handlers {
  light: (key: string) => void;
  choose: (key: string) => void;
}

/** The table, with `data-key` on each row. */
export function table(shown: Shown, handlers: Handlers): HTMLElement {
  const { answer, view } = shown;
  const columns = [...new Set(view.rows.flatMap((row) => Object.keys(row.cells)))];
  const scored = answer.rows.some((row) => row.score !== null);
  const reasoned = view.rows.some((row) => row.why.length);
  // Where a small screen sets the cells below each other, they are still a table to those who listen: hence the roles.
  const body = h("tbody", { role: "rowgroup" }, ...view.rows.map((row, at) => h(
    "tr", { "data-key": row.key, role: "row" },
    ...columns.map((column, place) => (place ? cell(column, lines(row.cells[column] ?? "")) : first(row, row.cells[column] ?? ""))),
    reasoned && cell(say("whyShort"), reasons(row.why, scored ? 2 : 4)),
    scored && cell(say("scoreShort"), [score(answer.rows[at]?.score ?? null)], "figure"),
  )));
  const heads = [...columns, ...(reasoned ? [say("whyShort")] : []), ...(scored ? [say("scoreShort")] : [])];
  const made = h(
    "table", { class: "rows", role: "table" },
    h("caption", { class: "unseen" }, `${say("tableOf")}: ${view.title}`),
    h("thead", { role: "rowgroup" }, h("tr", { role: "row" }, ...heads.map((head) => h("th", { scope: "col", role: "columnheader", class: head === say("scoreShort") ? "figure" : null }, head)))),
    body,
  );
  listen(body, handlers);
  return made;
}

function listen(body: HTMLElement, handlers: Handlers): void {
  const keyOf = (event: Event): string => (event.target as Element).closest<HTMLElement>("tr[data-key]")?.dataset["key"] ?? "";
  body.addEventListener("pointerover", (event) => handlers.light(keyOf(event)));
  body.addEventListener("pointerleave", () => handlers.light(""));
  body.addEventListener("focusin", (event) => handlers.light(keyOf(event)));
  body.addEventListener("click", (event) => {
    const key = keyOf(event);
    // A text that somebody is marking in order to copy it is no choice of the row; a link leads elsewhere.
    if (key && !getSelection()?.toString() && !(event.target as Element).closest("a")) handlers.choose(key);
  });
  body.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    const buttons = [...body.querySelectorAll<HTMLElement>("tr:not([hidden]) button.row")];
    const next = buttons[buttons.indexOf(document.activeElement as HTMLElement) + step];
    if (!next) return;
    event.preventDefault();
    next.focus();
  });
}

/** The first reasons; the panel has all of them. */
function reasons(why: string[], most: number): HTMLElement[] {
  const shown = why.slice(0, most).map((one) => h("div", {}, name(dated(one))));
  return why.length > most ? [...shown, h("div", { class: "pale" }, say("andMore", { more: why.length - most }))] : shown;
}

const score = (value: number | null): string => (value === null ? "" : number(value, 2));

const cell = (column: string, inner: (Node | string)[], also = ""): HTMLElement =>
  h("td", { "data-column": column, role: "cell", class: also || null }, ...inner);

function first(row: ViewRow, text: string): HTMLElement {
  const [head = "", ...rest] = text.split("\n");
  return h(
    "th", { scope: "row", role: "rowheader" },
    h("button", { type: "button", class: "row", "aria-pressed": "false", "data-row": row.key }, name(dated(head))),
    ...rest.map((line) => told(line, row.key)).filter(Boolean).map((line) => h("div", { class: "pale" }, name(dated(line)))),
  );
}

function lines(text: string): HTMLElement[] {
  return text.split("\n").filter(Boolean).map((line, at) => h("div", at ? { class: "pale" } : {}, linked(line)));
}
