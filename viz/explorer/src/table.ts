// The rows as a table: the equal of each picture. A row is chosen by its button; arrow keys move between rows.
import { h, name } from "./dom.ts";
import { dated, say } from "./words.ts";
import type { Shown } from "./types.ts";

export interface Handlers {
  light: (key: string) => void;
  choose: (key: string) => void;
}

/** The table, with `data-key` on each row. */
export function table(shown: Shown, handlers: Handlers): HTMLElement {
  const columns = [...new Set(shown.view.rows.flatMap((row) => Object.keys(row.cells)))];
  const body = h("tbody", {}, ...shown.view.rows.map((row) => h(
    "tr", { "data-key": row.key },
    ...columns.map((column, at) => (at ? h("td", { "data-column": column }, ...lines(row.cells[column] ?? "")) : first(row.key, row.cells[column] ?? ""))),
  )));
  const made = h(
    "table", { class: "rows" },
    h("caption", { class: "unseen" }, `${say("tableOf")}: ${shown.view.title}`),
    h("thead", {}, h("tr", {}, ...columns.map((column) => h("th", { scope: "col" }, column)))),
    body,
  );
  const keyOf = (event: Event): string => (event.target as Element).closest<HTMLElement>("tr[data-key]")?.dataset["key"] ?? "";
  body.addEventListener("pointerover", (event) => handlers.light(keyOf(event)));
  body.addEventListener("pointerleave", () => handlers.light(""));
  body.addEventListener("focusin", (event) => handlers.light(keyOf(event)));
  body.addEventListener("click", (event) => {
    const key = keyOf(event);
    // A text that somebody is marking in order to copy it is no choice of the row.
    if (key && !getSelection()?.toString()) handlers.choose(key);
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
  return made;
}

function first(key: string, text: string): HTMLElement {
  const [head = "", ...rest] = text.split("\n");
  return h(
    "th", { scope: "row" },
    h("button", { type: "button", class: "row", "aria-pressed": "false", "data-row": key }, name(dated(head))),
    ...rest.map((line) => h("div", { class: "pale" }, name(dated(line)))),
  );
}

function lines(text: string): HTMLElement[] {
  return text.split("\n").filter(Boolean).map((line, at) => h("div", at ? { class: "pale" } : {}, name(dated(line))));
}
