// The mark of a kind of record: a shape as well as a colour, as the model declares them.
import { s } from "./dom.ts";
import type { Look } from "./types.ts";

const SHAPES: Record<string, string> = {
  square: "M2 2h12v12H2z",
  diamond: "M8 1l7 7-7 7-7-7z",
  triangle: "M8 1l7 13H1z",
  triangleDown: "M8 15L1 2h14z",
  star: "M8 0l2.2 5.5 5.8.4-4.5 3.7L13 15.5 8 12.3 3 15.5l1.5-5.9L0 5.9l5.8-.4z",
  hexagon: "M4 1.5h8l4 6.5-4 6.5H4L0 8z",
  dot: "M8 1a7 7 0 100 14A7 7 0 008 1z",
};

let looks: Record<string, Look> = {};

/** What kinds of record look like, from now on; their colours become `--type-…` of the page. */
export function learn(types: Record<string, Look>): void {
  looks = types;
  for (const [type, look] of Object.entries(types)) {
    document.documentElement.style.setProperty(`--type-${type}`, look.colour);
  }
}

export const look = (type: string): Look => looks[type] ?? { colour: "#5d6d7e", shape: "dot", words: type };

/** The outline of a shape in a square of 16 by 16. */
export const outline = (type: string): string => SHAPES[look(type).shape] ?? SHAPES["dot"] ?? "";

/** The mark as a small picture of its own, for text and legends. */
export function mark(type: string, size = 12): SVGSVGElement {
  return s(
    "svg", { class: "mark", width: size, height: size, viewBox: "0 0 16 16", "aria-hidden": "true" },
    s("path", { d: outline(type), fill: look(type).colour }),
  );
}
