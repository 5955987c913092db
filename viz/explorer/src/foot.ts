// Below the answer: what it does not say, its sources, and of what data it was made.
import { h, name } from "./dom.ts";
import { dated, day, say } from "./words.ts";
import { web } from "./text.ts";
import type { Shown, Source } from "./types.ts";

export function foot(shown: Shown): HTMLElement {
  const { caveats, sources, data_version } = shown.answer;
  return h(
    "section", { class: "foot" },
    h("h2", {}, say("caveats")),
    h("ul", { class: "caveats" }, ...caveats.map((one) => h("li", {}, name(dated(one))))),
    sources.length > 0 && h("details", {}, h("summary", {}, say("sourcesOf", { count: sources.length })), h("ol", {}, ...sources.map(source))),
    h("p", { class: "pale" }, say("dataVersion", { version: data_version })),
  );
}

function source(one: Source): HTMLElement {
  const title = one.url && web(one.url) ? h("a", { href: one.url, rel: "noopener noreferrer", target: "_blank" }, name(one.title)) : name(one.title);
  const rest = [one.publisher, day(one.date)].filter(Boolean).join(", ");
  return h("li", {}, title, rest && `. ${rest}`, one.licence && h("span", { class: "pale" }, ` (${one.licence})`));
}
