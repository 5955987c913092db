// A field to choose from suggestions by typing: names in six languages, parts of names, small errors of typing.
import { h, name } from "./dom.ts";
import { say } from "./words.ts";

export interface Choice { value: string; label: string; detail: string; type?: string }

export interface Picking {
  label: string;
  hint?: string;
  value?: string;
  /** What fits a text; the empty text asks for what to begin with. */
  find: (text: string, signal: AbortSignal) => Promise<Choice[]>;
  chosen: (choice: Choice) => void;
  /** What may be taken as it was typed, if nothing was chosen. */
  free?: boolean;
  /** Be empty again once something was chosen. */
  clear?: boolean;
}

let count = 0;

/** The field with its list: a combobox as the ARIA practices have it. */
export function picker(picking: Picking): HTMLElement {
  const id = `pick-${++count}`;
  const input = h("input", {
    type: "text", id, role: "combobox", autocomplete: "off", spellcheck: "false", "aria-autocomplete": "list",
    "aria-expanded": "false", "aria-controls": `${id}-list`, "aria-label": picking.label,
    placeholder: picking.hint ?? "", value: picking.value ?? "",
  });
  const list = h("ul", { id: `${id}-list`, role: "listbox", "aria-label": picking.label, hidden: true });
  const told = h("span", { role: "status", class: "unseen" });
  const box = h("div", { class: "picker" }, input, list, told);
  let choices: Choice[] = [];
  let active = -1;
  // The text for which the choices are: who types fast and presses Enter does not mean what an earlier text gave.
  let shownFor: string | undefined;
  let asking: AbortController | undefined;
  let timer = 0;

  const close = (): void => {
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
    active = -1;
  };
  const take = (choice: Choice): void => {
    input.value = picking.clear ? "" : choice.label;
    clearTimeout(timer);
    close();
    picking.chosen(choice);
  };
  const light = (index: number): void => {
    active = index;
    for (const [at, item] of [...list.children].entries()) item.setAttribute("aria-selected", String(at === index));
    const item = list.children[index];
    if (!item) return;
    input.setAttribute("aria-activedescendant", item.id);
    item.scrollIntoView({ block: "nearest" });
  };
  const show = (found: Choice[]): void => {
    choices = found;
    list.replaceChildren(...found.map((choice, at) => h(
      "li", {
        role: "option", id: `${id}-${at}`, "aria-selected": "false",
        mousedown: (event: MouseEvent) => { event.preventDefault(); take(choice); },
      },
      name(choice.label), choice.detail && h("span", { class: "pale" }, choice.detail),
    )));
    if (!found.length) list.replaceChildren(h("li", { role: "option", "aria-disabled": "true", "aria-selected": "false", class: "pale" }, say("noResults")));
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    told.textContent = say("results", { count: found.length });
    light(found.length ? 0 : -1);
  };
  const look = async (): Promise<void> => {
    asking?.abort();
    asking = new AbortController();
    const { signal } = asking;
    try {
      const text = input.value.trim();
      const found = await picking.find(text, signal);
      if (signal.aborted || document.activeElement !== input) return;
      shownFor = text;
      show(found);
    } catch {
      if (!signal.aborted) close();
    }
  };
  const enter = async (): Promise<void> => {
    const text = input.value.trim();
    if (shownFor !== text) await look();
    const choice = choices[active];
    if (!list.hidden && choice) take(choice);
    else if (picking.free && text) take({ value: text, label: text, detail: "" });
  };
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = window.setTimeout(look, 120);
  });
  input.addEventListener("focus", () => { input.select(); void look(); });
  input.addEventListener("blur", () => { asking?.abort(); close(); });
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (list.hidden) void look();
      else if (choices.length) light((active + (event.key === "ArrowDown" ? 1 : choices.length - 1)) % choices.length);
    } else if (event.key === "Enter") {
      event.preventDefault();
      void enter();
    } else if (event.key === "Escape" && !list.hidden) {
      event.stopPropagation();
      close();
    }
  });
  return box;
}

/** Choices from a list that is here already. */
export function among(all: Choice[], most = 60): Picking["find"] {
  const fold = (text: string): string => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  return (text) => {
    const parts = fold(text).split(/\s+/).filter(Boolean);
    const fits = (one: Choice): boolean => parts.every((part) => fold(`${one.label} ${one.value}`).includes(part));
    return Promise.resolve(all.filter(fits).slice(0, most));
  };
}
