// The page: what the address says, shown; what is done on the page, said in the address.
import { h } from "./dom.ts";
import { LANGUAGES, say, speak, wanted } from "./words.ts";
import { EMPTY, asked, go, here, listen, read, type Place } from "./address.ts";
import { ask, known as learnt, search } from "./server.ts";
import { learn, look } from "./marks.ts";
import { bar, called } from "./bar.ts";
import { picker } from "./picker.ts";
import { standing, type Standing } from "./answer.ts";
import { titled } from "./text.ts";
import { start } from "./start.ts";
import type { Known, Shown } from "./types.ts";

const query = new URLSearchParams(location.search);
speak(query.get("lang") ?? "en");

const main = h("main", { id: "main", tabindex: "-1" });
const chips = h("section", { class: "bar", "aria-label": say("theQuestion") });
const finder = h("div", { class: "finder", role: "search" });

let known: Known;
let now: Standing | undefined;
let shown: Shown | undefined;
let asking: AbortController | undefined;

function header(): HTMLElement {
  const home = h("a", { href: "/", class: "home", "data-go": true, title: say("home") }, say("name"));
  return h("header", {}, h("a", { class: "skip", href: "#main" }, say("skip")), home, finder, spoken(), colours());
}

function colours(): HTMLElement {
  const root = document.documentElement;
  const dark = (): boolean => (root.dataset["colours"] ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";
  const button = h("button", { type: "button", class: "quiet" });
  const label = (): void => { button.textContent = dark() ? "☀" : "☾"; button.setAttribute("aria-label", say(dark() ? "light" : "dark")); };
  const kept = localStorage.getItem("colours");
  if (kept) root.dataset["colours"] = kept;
  button.addEventListener("click", () => {
    root.dataset["colours"] = dark() ? "light" : "dark";
    localStorage.setItem("colours", root.dataset["colours"] ?? "");
    label();
    void now?.draw();
  });
  label();
  return button;
}

/** Paper is light. */
function printing(): void {
  const root = document.documentElement;
  let before: string | undefined;
  addEventListener("beforeprint", () => { before = root.dataset["colours"]; root.dataset["colours"] = "light"; });
  addEventListener("afterprint", () => { if (before) root.dataset["colours"] = before; else delete root.dataset["colours"]; });
}

/** The language of names, and of the page where it has words in it. */
function spoken(): HTMLElement {
  const select = h("select", { "aria-label": say("language"), title: say("language") },
    ...Object.entries(LANGUAGES).map(([one, own]) => h("option", { value: one, lang: one, selected: one === wanted() }, own)));
  select.addEventListener("change", () => {
    const to = new URL(location.href);
    to.searchParams.set("lang", select.value);
    location.assign(to);
  });
  return select;
}

/** The search over everything: what is chosen is looked at from where it makes most sense. */
function find(): void {
  finder.replaceChildren(picker({
    label: say("searchLabel"), hint: say("searchHint"), clear: true,
    find: async (text, signal) => (text ? (await search(text, [], signal)).map((hit) => ({ value: hit.id, label: known.states[hit.id] ?? hit.name, detail: look(hit.type).words, type: hit.type })) : []),
    chosen: (choice) => {
      const to: Pick<Place, "question" | "values"> = choice.type === "State" ? { question: "state", values: { state: [choice.value] } }
        : choice.type === "Theme" ? { question: "precedents", values: { theme: [choice.value] } }
          : choice.type === "Request" ? { question: "partners", values: { who: [choice.value] } }
            : { question: "network", values: { focus: [choice.value] } };
      go({ ...EMPTY, ...to });
    },
  }));
}

async function show(place: Place, before: Place): Promise<void> {
  const same = now && place.question === before.question && asked(place) === asked(before);
  if (same) { now?.update(); return; }
  asking?.abort();
  asking = new AbortController();
  const { signal } = asking;
  const refocus = focused();
  const question = known.questions.find((one) => one.name === place.question);
  if (place.question !== before.question) shown = undefined;
  chips.replaceChildren(bar(known, place, shown?.view));
  now = undefined;
  if (!question) {
    document.title = say("name");
    main.replaceChildren(start(known));
    return;
  }
  document.title = `${question.title} · ${say("name")}`;
  const missing = question.parameters.filter((one) => one.required && !place.values[one.name]?.length);
  if (missing.length) {
    main.replaceChildren(h("div", { class: "needs" }, h("h1", {}, question.title), h("p", {}, question.description.split("\n\n")[0] ?? ""), h("p", {}, say("incomplete", { what: missing.map(called).join(", ") }))));
    chips.querySelector<HTMLElement>(".needed input")?.focus();
    return;
  }
  const waiting = h("p", { class: "waiting", role: "status" }, say("loading"));
  const slow = setTimeout(() => { waiting.textContent = say("loadingLong"); }, 3000);
  const patience = setTimeout(() => main.replaceChildren(waiting), 150);
  try {
    shown = await ask(place.question, asked(place), signal);
    if (signal.aborted) return;
    // Who is typing in a chip meanwhile goes on.
    if (!chips.querySelector("input:focus")) chips.replaceChildren(bar(known, here(), shown.view));
    document.title = `${titled(shown)} · ${say("name")}`;
    const made = standing(shown, known);
    now = made;
    clearTimeout(patience);
    main.replaceChildren(made.element);
    made.update();
    await made.draw();
    refocus();
  } catch (error) {
    if (signal.aborted) return;
    const again = (): void => { void show(here(), EMPTY); };
    clearTimeout(patience);
    main.replaceChildren(h("div", { class: "failed", role: "alert" }, h("h1", {}, say("failed")), h("p", {}, (error as Error).message), h("button", { type: "button", click: again }, say("retry"))));
  } finally {
    clearTimeout(slow);
    clearTimeout(patience);
  }
}

/** Where the keyboard is; called later, it is there again, in what has been made anew since. */
function focused(): () => void {
  const at = document.activeElement;
  const parameter = at?.closest<HTMLElement>("[data-parameter]")?.dataset["parameter"];
  const label = at?.getAttribute("aria-label");
  const again = parameter ? `[data-parameter="${CSS.escape(parameter)}"] :is(button, input), button[data-parameter="${CSS.escape(parameter)}"]`
    : label ? `[aria-label="${CSS.escape(label)}"]` : "";
  return () => {
    if (again && document.activeElement === document.body) document.querySelector<HTMLElement>(again)?.focus({ preventScroll: true });
  };
}

/** Links within the page do not load it anew. */
function within(event: MouseEvent): void {
  const link = (event.target as Element).closest<HTMLAnchorElement>("a[data-go]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  go(read(new URL(link.href).search));
  if (link.dataset["go"] !== "stay") scrollTo({ top: 0 });
}

function key(event: KeyboardEvent): void {
  const typing = (event.target as Element).matches("input, select, textarea");
  if (event.key === "/" && !typing) {
    event.preventDefault();
    finder.querySelector("input")?.focus();
  } else if (event.key === "Escape" && here().row) {
    const { row } = here();
    go({ ...here(), row: "" });
    main.querySelector<HTMLElement>(`[data-row="${CSS.escape(row)}"]`)?.focus();
  }
}

async function begin(): Promise<void> {
  document.body.append(header(), chips, main);
  document.addEventListener("click", within);
  document.addEventListener("keydown", key);
  printing();
  let width = innerWidth;
  let timer = 0;
  addEventListener("resize", () => {
    clearTimeout(timer);
    timer = window.setTimeout(() => { if (innerWidth !== width) { width = innerWidth; void now?.draw(); } }, 200);
  });
  try {
    known = await learnt();
  } catch (error) {
    main.replaceChildren(h("div", { class: "failed", role: "alert" }, h("h1", {}, say("failed")), h("p", {}, (error as Error).message), h("button", { type: "button", click: () => location.reload() }, say("retry"))));
    return;
  }
  learn(known.types);
  find();
  listen((place, before) => { void show(place, before); });
}

void begin();
