// An answer: its picture, its table and the panel, all three of one mind about what is lit, chosen and hidden.
import { h } from "./dom.ts";
import { dated, day, say } from "./words.ts";
import { go, here } from "./address.ts";
import { table, type Handlers } from "./table.ts";
import { why } from "./panel.ts";
import { foot } from "./foot.ts";
import { frame, type State } from "./picture.ts";
import { PICTURES } from "./pictures/index.ts";
import { carry } from "./carry.ts";
import { onward } from "./onward.ts";
import { titled } from "./text.ts";
import { facets } from "./facets.ts";
import type { Known, Shown, ViewRow } from "./types.ts";

export interface Standing {
  element: HTMLElement;
  /** Show what the address says of the row and the filter. */
  update: () => void;
  /** Draw the picture anew, as wide as there is room. */
  draw: () => Promise<void>;
}

/** How many rows a question is asked for at most by "Show more". */
const MOST = 500;

export function standing(shown: Shown, known: Known): Standing {
  const { answer, view } = shown;
  let lit = "";
  const handlers: Handlers = {
    light: (key) => { if (key !== lit) { lit = key; paint(); } },
    choose: (key) => { const place = here(); go({ ...place, row: place.row === key ? "" : key }); },
  };
  const rows = table(shown, handlers);
  const held = h("div", { class: "holds-picture" });
  const panel = h("aside", { class: "why", "aria-label": say("why"), "aria-live": "polite" });
  const count = h("span", { class: "pale count", role: "status" });
  const find = h("input", { type: "search", "aria-label": say("findHere"), placeholder: say("findHere") });
  find.addEventListener("input", () => go({ ...here(), find: find.value }, true));
  const up = h("button", { type: "button", class: "plain", click: () => (held.querySelector(".chosen") ?? held).scrollIntoView({ block: "center" }) }, `↑ ${say("picture")}`);
  const filters = facets(shown, known.regions, (only) => go({ ...here(), only }));
  const element = h(
    "div", { class: "answer" },
    h("div", { class: "main" },
      h("div", { class: "above" }, h("div", {}, h("h1", {}, titled(shown)), h("p", { class: "pale" }, say("asOfDay", { day: day(answer.as_of) }))), carry(shown, () => held)),
      held,
      answer.rows.length ? h("div", { class: "tools" }, find, filters.element, count, ...further(shown), PICTURES[answer.question] ? up : null) : empty(shown),
      answer.rows.length > 0 && h("div", { class: "wide", tabindex: "0", role: "region", "aria-label": say("table") }, rows),
    ),
    panel,
    foot(shown),
  );
  let show: (state: State) => void = () => {};
  let end: () => void = () => {};
  let hidden = new Set<string>();
  let told = "";
  let drawn = 0;

  const paint = (): void => {
    const state = { lit, chosen: here().row, hidden };
    show(state);
    for (const row of rows.querySelectorAll<HTMLElement>("tr[data-key]")) {
      const key = row.dataset["key"] ?? "";
      row.classList.toggle("lit", key === lit);
      row.classList.toggle("chosen", key === state.chosen);
      row.hidden = hidden.has(key);
      row.querySelector("button.row")?.setAttribute("aria-pressed", String(key === state.chosen));
    }
  };

  const update = (): void => {
    const place = here();
    if (document.activeElement !== find) find.value = place.find;
    const wanted = place.find.trim().toLowerCase();
    hidden = filters.hides(place.only);
    filters.show(place.only);
    for (const row of view.rows) if (wanted && !textOf(row).includes(wanted)) hidden.add(row.key);
    count.textContent = counted(shown, hidden.size);
    paint();
    const at = view.rows.findIndex((row) => row.key === place.row);
    const key = at < 0 ? "" : place.row;
    panel.classList.toggle("open", at >= 0);
    // On narrower screens the panel takes its room only while it says something.
    if (drawn && Math.floor(held.clientWidth) !== drawn) void draw();
    if (key === told && panel.firstChild) return;
    told = key;
    const [row, seen] = [answer.rows[at], view.rows[at]];
    const close = h("button", { type: "button", class: "close", "aria-label": say("close"), click: () => go({ ...here(), row: "" }) }, "✕");
    panel.replaceChildren(...(row && seen ? [close, ...why(shown, row, seen, onward(shown, row, key))] : nothing(shown, known)));
    // Who chose in the picture keeps it in sight.
    if (!held.contains(document.activeElement) && !held.matches(":hover")) rows.querySelector("tr.chosen")?.scrollIntoView({ block: "nearest" });
  };

  const draw = async (): Promise<void> => {
    const made = PICTURES[answer.question];
    if (!made || !answer.rows.length) return;
    drawn = Math.floor(held.clientWidth);
    const picture = await made(shown, { width: drawn, narrow: drawn < 600 }, handlers);
    end();
    end = picture.end ?? (() => {});
    const framed = frame(say("pictureOf", { title: view.title }), picture, handlers);
    show = framed.show;
    held.replaceChildren(framed.element);
    paint();
  };
  return { element, update, draw };
}

/** The panel while no row is chosen: what the question is about, and how to go on. */
function nothing(shown: Shown, known: Known): Node[] {
  const about = known.questions.find((one) => one.name === shown.answer.question)?.description.split("\n\n")[0] ?? "";
  return [h("p", {}, about), h("p", { class: "pale" }, say("whyNone")), h("p", { class: "pale keys" }, say("keys"))];
}

/** What the table says of a row, with dates in both ways of writing. */
function textOf(row: ViewRow): string {
  const text = Object.values(row.cells).join("\n");
  return `${text}\n${dated(text)}`.toLowerCase();
}

function counted(shown: Shown, hidden: number): string {
  const { rows, total } = shown.answer;
  const all = total > rows.length ? say("rowsBecause", { shown: rows.length, total }) : total === 1 ? say("row") : say("rows", { total });
  return hidden ? `${all}; ${say("rowsHidden", { hidden })}` : all;
}

function further(shown: Shown): Node[] {
  const { rows, total, truncated } = shown.answer;
  if (!truncated || rows.length >= MOST || typeof shown.answer.parameters["limit"] !== "number") return [];
  const limit = Math.min(MOST, Math.max(total, rows.length));
  const more = (): void => { const place = here(); go({ ...place, values: { ...place.values, limit: [String(Math.min(limit, rows.length * 3))] } }); };
  return [h("button", { type: "button", click: more }, say("showMore"))];
}

function empty(shown: Shown): HTMLElement {
  return h("div", { class: "empty" }, h("p", {}, say("noRows")), h("h2", {}, say("emptyWhy")),
    h("ul", {}, ...shown.answer.caveats.slice(0, 3).map((one) => h("li", {}, dated(one))), h("li", {}, say("emptyTry"))));
}
