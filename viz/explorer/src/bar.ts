// The question as a sentence of chips, each of which can be changed in place.
import { h, name } from "./dom.ts";
import { among, picker, type Choice, type Picking } from "./picker.ts";
import { day, say, sayOr } from "./words.ts";
import { search } from "./server.ts";
import { go, type Place } from "./address.ts";
import { look } from "./marks.ts";
import type { Known, Parameter, Question, View } from "./types.ts";

// These are asked less often; they wait behind "More".
const RARE = new Set(["limit", "weights", "evidence", "capacities", "capacity_each", "at_least", "min_states", "min_themes", "types", "relationships", "without", "exclude", "all_kinds", "expand"]);
const TYPES: Record<string, string[]> = {
  state: ["State", "Territory"], organisation: ["Organisation"], members: ["Organisation"],
};
const BY_NAME: Record<string, string[]> = {
  region: ["Region", "Organisation"], record: ["Request", "Offer"], item: ["Obligation", "Theme"], partner: ["State", "Organisation"],
  exclude: ["State", "Organisation"], without: ["Precedent"],
};

export const called = (one: Parameter): string => sayOr(`parameter_${one.name}`, one.name.replace(/_/g, " "));

/** The chips of a place; names of records come from the answer, once there is one. */
export function bar(known: Known, place: Place, view: View | undefined): HTMLElement {
  const question = known.questions.find((one) => one.name === place.question);
  const chips = h("div", { class: "chips" }, questionChip(known, place));
  if (question) {
    const shown = question.parameters.filter((one) => !RARE.has(one.name) || place.values[one.name]?.length);
    // What to expand is chosen in the picture.
    const rare = question.parameters.filter((one) => !shown.includes(one) && one.name !== "expand");
    const common = shown.filter((one) => one.name !== "as_of");
    const dated = shown.filter((one) => one.name === "as_of");
    for (const one of [...common, ...dated]) chips.append(...marked(one, chip(known, question, one, place, view)));
    if (rare.length) chips.append(more(known, question, rare, place, view));
  }
  return chips;
}

function questionChip(known: Known, place: Place): HTMLElement {
  const select = h("select", { "aria-label": say("askWhat") }, !place.question && h("option", { value: "" }, say("startTitle")));
  for (const one of known.questions) select.append(h("option", { value: one.name, selected: one.name === place.question }, one.title));
  select.addEventListener("change", () => {
    const wanted = known.questions.find((one) => one.name === select.value);
    if (wanted) go({ question: wanted.name, values: carried(known, place, wanted), row: "", find: "", only: {} });
  });
  return h("label", { class: "chip question" }, h("span", { class: "pale" }, say("ask")), select);
}

/** States go by their codes, of three capitals; organisations do not. */
const fits = (value: string, kind: string): boolean => /^[A-Z]{3}$/.test(value) === (kind === "state");

/** What the other question can take over: the same parameter, or another that can name the same. */
export function carried(known: Known, place: Place, wanted: Question): Record<string, string[]> {
  const from = known.questions.find((one) => one.name === place.question);
  const values: Record<string, string[]> = {};
  for (const [key, given] of Object.entries(place.values)) {
    if (key === "limit") continue;
    const own = from?.parameters.find((one) => one.name === key);
    const same = wanted.parameters.find((one) => one.name === key)
      ?? wanted.parameters.find((one) => own && one.about.some((kind) => own.about.includes(kind) && given.every((value) => fits(value, kind))));
    if (same && !values[same.name]) values[same.name] = same.repeated ? given : given.slice(0, 1);
  }
  return values;
}

function more(known: Known, question: Question, rare: Parameter[], place: Place, view: View | undefined): HTMLElement {
  const inner = h("div", { class: "chips rare" }, ...rare.flatMap((one) => marked(one, chip(known, question, one, place, view))));
  return h("details", { class: "more" }, h("summary", {}, say("more")), inner);
}

/** The chips, which say of which parameter they are: after a change the keyboard is where it was. */
function marked<T extends HTMLElement>(one: Parameter, chips: T[]): T[] {
  for (const each of chips) each.dataset["parameter"] = one.name;
  return chips;
}

function set(place: Place, key: string, values: string[]): void {
  go({ ...place, values: { ...place.values, [key]: values }, row: "" });
}

/** What a value is called. */
function label(known: Known, one: Parameter, value: string, view: View | undefined): string {
  if (one.kind === "date") return day(value);
  const types = [...one.about.flatMap((kind) => TYPES[kind] ?? []), ...(BY_NAME[one.name] ?? [])];
  const node = view?.neighbourhood?.nodes.find((one) => one.key === value);
  if (node) return node.name;
  const id = view && types.length ? Object.keys(view.names).find((key) => types.some((type) => key === `${type} ${value}` || key.toLowerCase() === `${type} ${value}`.toLowerCase())) : undefined;
  return (id && view?.names[id]) || known.themes.find((theme) => theme.id === value)?.name || value;
}

function chip(known: Known, question: Question, one: Parameter, place: Place, view: View | undefined): HTMLElement[] {
  const values = place.values[one.name] ?? [];
  if (one.kind === "date") return [dated(one, place, values[0] ?? "")];
  if (one.kind === "yes or no") return [ticked(one, place, values[0] === "true")];
  const chips = values.map((value, at) => {
    const without = values.filter((_, index) => index !== at);
    const words = label(known, one, value, view);
    return editable(known, one, words, (chosen) => set(place, one.name, values.map((old, index) => (index === at ? chosen : old))),
      one.required && values.length === 1 ? undefined : () => set(place, one.name, without));
  });
  if (one.name !== "expand" && (!values.length || one.repeated)) chips.push(empty(known, question, one, (chosen) => set(place, one.name, [...values, chosen])));
  return chips;
}

function editable(known: Known, one: Parameter, words: string, changed: (value: string) => void, removed?: () => void): HTMLElement {
  const button = h("button", { type: "button", class: "value", title: one.description }, name(words));
  const made = h("span", { class: "chip" }, h("span", { class: "pale" }, called(one)), button);
  if (removed) made.append(h("button", { type: "button", class: "remove", "aria-label": say("remove", { what: `${called(one)} ${words}` }), click: removed }, "✕"));
  button.addEventListener("click", () => {
    const field = picker(picking(known, one, words, changed));
    button.replaceWith(field);
    const input = field.querySelector("input");
    input?.focus();
    input?.addEventListener("blur", () => field.replaceWith(button));
  });
  return made;
}

function empty(known: Known, question: Question, one: Parameter, changed: (value: string) => void): HTMLElement {
  const open = (): HTMLElement => picker(picking(known, one, "", changed));
  if (one.required) return h("span", { class: "chip needed" }, h("span", { class: "pale" }, called(one)), open());
  const button = h("button", { type: "button", class: "add", title: one.description, "aria-label": say("add", { what: called(one) }) }, `+ ${called(one)}`);
  button.dataset["question"] = question.name;
  button.addEventListener("click", () => {
    const [field] = marked(one, [open()]) as [HTMLElement];
    button.replaceWith(field);
    const input = field.querySelector("input");
    input?.focus();
    input?.addEventListener("blur", () => field.replaceWith(button));
  });
  return button;
}

function picking(known: Known, one: Parameter, value: string, changed: (value: string) => void): Picking {
  const base = { label: say("choose", { what: called(one) }), value, chosen: (choice: Choice) => changed(choice.value) };
  const themes = known.themes.map((theme) => ({ value: theme.id, label: theme.name, detail: "" }));
  if (one.name === "theme" || one.name === "priorities") return { ...base, find: among(themes) };
  const types = [...new Set([...one.about.flatMap((kind) => TYPES[kind] ?? []), ...(BY_NAME[one.name] ?? [])])];
  const anything = one.name === "focus" || one.name === "text";
  if (!types.length && !anything) return { ...base, free: true, hint: one.default ?? "", find: () => Promise.resolve([]) };
  return {
    ...base, free: true,
    find: async (text, signal) => {
      if (!text) return [];
      const hits = await search(text, anything ? [] : types, signal);
      const own = one.name === "text" ? [{ value: text, label: text, detail: "" }] : [];
      return [...own, ...hits.map((hit) => ({
        value: hit.type === "Region" ? hit.name : hit.id, label: (hit.type === "State" && known.states[hit.id]) || hit.name, type: hit.type,
        detail: hit.matched === hit.name || hit.matched === hit.id ? look(hit.type).words : `${look(hit.type).words} · ${hit.matched}`,
      }))];
    },
  };
}

function dated(one: Parameter, place: Place, value: string): HTMLElement {
  const words = value ? day(value) : one.name === "as_of" ? say("today") : say("any");
  const button = h("button", { type: "button", class: "value", title: one.description }, words);
  const made = h("span", { class: "chip" }, h("span", { class: "pale" }, called(one)), button);
  if (value) made.append(h("button", { type: "button", class: "remove", "aria-label": say("remove", { what: `${called(one)} ${words}` }), click: () => set(place, one.name, []) }, "✕"));
  button.addEventListener("click", () => {
    const input = h("input", { type: "date", value, min: "1900-01-01", max: "2199-12-31", "aria-label": say("choose", { what: called(one) }) });
    // Only a whole date, and once it is done: browsers tell of each part as it is typed.
    let said = value;
    const done = (): void => {
      if (!/^(19|20|21)\d\d-/.test(input.value) || input.value === said) return;
      said = input.value;
      set(place, one.name, [said]);
    };
    input.addEventListener("blur", () => { input.replaceWith(button); done(); });
    input.addEventListener("keydown", (event) => { if (event.key === "Enter") done(); });
    button.replaceWith(input);
    input.focus();
  });
  return made;
}

function ticked(one: Parameter, place: Place, on: boolean): HTMLElement {
  const input = h("input", { type: "checkbox", checked: on });
  input.addEventListener("change", () => set(place, one.name, input.checked ? ["true"] : []));
  return h("label", { class: "chip", title: one.description }, input, called(one));
}
