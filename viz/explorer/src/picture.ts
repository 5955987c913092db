// What all pictures have in common: marks that stand for rows, lit and chosen together with the table.
import { h } from "./dom.ts";
import type { Shown } from "./types.ts";
import type { Handlers } from "./table.ts";

/** How much room there is, in pixels. */
export interface Room { width: number; narrow: boolean }

/**
 * A picture: an element in which every mark has `data-key`, the key of its row in `shown.view.rows`, and
 * `aria-label`, what it says. The keyboard reaches each row once, at its first mark. A picture that draws
 * by itself (on a canvas) has `show` instead, and calls the handlers.
 */
export interface Drawn {
  element: Element;
  show?: (state: State) => void;
  /** Ends what it keeps running. */
  end?: () => void;
}
export type Draw = (shown: Shown, room: Room, handlers: Handlers) => Drawn | Promise<Drawn>;

/** Which row is lit, which is chosen, and which are hidden by the filter. */
export interface State { lit: string; chosen: string; hidden: Set<string> }

/** The frame around a picture: one stop of the keyboard, arrows move between the rows, Enter chooses. */
export function frame(title: string, drawn: Drawn, handlers: Handlers): { element: HTMLElement; show: (state: State) => void } {
  if (drawn.show) return { element: h("div", { class: "picture" }, drawn.element), show: drawn.show };
  const marks = [...drawn.element.querySelectorAll<SVGElement | HTMLElement>("[data-key]")];
  const first = new Map<string, Element>();
  const options = new Map<string, HTMLElement>();
  for (const one of marks) {
    const key = one.dataset["key"] ?? "";
    if (first.has(key)) continue;
    first.set(key, one);
    options.set(key, h("div", { role: "option", id: `mark-${first.size}`, "aria-selected": "false" }, one.getAttribute("aria-label") ?? ""));
  }
  // What is drawn is for the eyes; a list of sentences beside it, in the same order, is for the ears.
  drawn.element.setAttribute("aria-hidden", "true");
  const element = h("div", { class: "picture", role: "listbox", "aria-label": title, tabindex: "0" }, ...options.values(), drawn.element);
  for (const option of options.values()) option.className = "unseen";

  const keyOf = (event: Event): string => (event.target as Element).closest<HTMLElement>("[data-key]")?.dataset["key"] ?? "";
  let now: State = { lit: "", chosen: "", hidden: new Set() };
  element.addEventListener("pointerover", (event) => handlers.light(keyOf(event)));
  element.addEventListener("pointerleave", () => handlers.light(""));
  element.addEventListener("click", (event) => { const key = keyOf(event); if (key) handlers.choose(key); });
  element.addEventListener("blur", () => handlers.light(""));
  element.addEventListener("keydown", (event) => {
    const keys = [...first.keys()].filter((key) => !now.hidden.has(key));
    const at = keys.indexOf(now.lit || now.chosen);
    const next = { ArrowDown: at + 1, ArrowRight: at + 1, ArrowUp: at - 1, ArrowLeft: at - 1, Home: 0, End: keys.length - 1 }[event.key];
    if (next !== undefined) {
      event.preventDefault();
      const key = keys[Math.max(0, Math.min(keys.length - 1, next))];
      if (!key) return;
      handlers.light(key);
      first.get(key)?.scrollIntoView({ block: "nearest", inline: "nearest" });
    } else if ((event.key === "Enter" || event.key === " ") && now.lit) {
      event.preventDefault();
      handlers.choose(now.lit);
    }
  });
  const show = (state: State): void => {
    now = state;
    for (const one of marks) {
      const key = one.dataset["key"] ?? "";
      one.classList.toggle("lit", key === state.lit);
      one.classList.toggle("chosen", key === state.chosen);
      one.classList.toggle("hidden", state.hidden.has(key));
    }
    for (const [key, option] of options) {
      option.setAttribute("aria-selected", String(key === state.chosen));
      option.hidden = state.hidden.has(key);
    }
    const active = options.get(state.lit || state.chosen);
    if (active) element.setAttribute("aria-activedescendant", active.id);
    else element.removeAttribute("aria-activedescendant");
  };
  return { element, show };
}
