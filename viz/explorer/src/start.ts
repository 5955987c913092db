// The start page: five real questions, each with one of its real answers, and all the others.
import { h, name } from "./dom.ts";
import { dated, say } from "./words.ts";
import { address, EMPTY, type Place } from "./address.ts";
import { ask } from "./server.ts";
import { asked } from "./address.ts";
import type { Known } from "./types.ts";

const EXAMPLES: { words: string; place: Place }[] = [
  { words: "Which programmes in Sierra Leone could have carried a 1540 component in October 2009?", place: { ...EMPTY, question: "entry_points", values: { state: ["SLE"], as_of: ["2009-10-01"] } } },
  { words: "Which members of ECOWAS could ask for help together?", place: { ...EMPTY, question: "groupings", values: { organisation: ["ecowas"] } } },
  { words: "Who could have helped the Caribbean Community with border control in 2009?", place: { ...EMPTY, question: "partners", values: { who: ["caricom"], theme: ["border-control"], as_of: ["2009-06-01"] } } },
  { words: "Whom to bring together to draw lessons on border control?", place: { ...EMPTY, question: "pools", values: { theme: ["border-control"] } } },
  { words: "Which dated events collided between 2015 and 2019?", place: { ...EMPTY, question: "clashes", values: { since: ["2015-01-01"], until: ["2019-12-31"] } } },
];

export function start(known: Known): HTMLElement {
  return h(
    "div", { class: "start" },
    h("h1", {}, say("startTitle")),
    h("p", { class: "pale about" }, say("startAbout")),
    h("h2", {}, say("startExamples")),
    h("ul", { class: "examples" }, ...EXAMPLES.map(example)),
    h("h2", {}, say("startAll")),
    h("ul", { class: "questions" }, ...known.questions.map((one) => h("li", {},
      h("a", { href: address({ ...EMPTY, question: one.name }), "data-go": true }, one.title),
      h("p", { class: "pale" }, one.description.split(/(?<=\.)\s/)[0] ?? ""),
    ))),
  );
}

function example(one: { words: string; place: Place }): HTMLElement {
  const found = h("p", { class: "found pale" }, say("loading"));
  void ask(one.place.question, `${asked(one.place)}&limit=1`).then(
    (shown) => {
      const row = shown.view.rows[0];
      const first = shown.answer.rows[0];
      if (!row || !first) { found.textContent = say("noRows"); return; }
      const lines = (Object.values(row.cells)[0] ?? "").split("\n");
      // What begins with its date, such as an event, is called by the line after.
      const head = (/^\d{4}-/.test(lines[0] ?? "") ? lines[1] : lines[0]) ?? "";
      const reason = [...first.features].sort((a, b) => b.value * b.weight - a.value * a.weight)[0];
      found.replaceChildren(h("strong", {}, name(head)), reason ? h("span", {}, " ", name(dated(reason.sentence))) : "");
    },
    (error: unknown) => { found.textContent = String((error as Error).message); },
  );
  return h("li", {}, h("a", { href: address(one.place), "data-go": true }, one.words), found);
}
