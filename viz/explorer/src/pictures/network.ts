// The network around one node: places come from the server and stay the same for the same data. Drawn by sigma where
// the browser has WebGL, else as a plain SVG; the list of kinds, the keyboard and the spoken line are the same for both.
import { h } from "../dom.ts";
import { go } from "../address.ts";
import { say } from "../words.ts";
import { expanded, only } from "../onward.ts";
import { look, outline } from "../marks.ts";
import type { Draw, State } from "../picture.ts";
import type { Handlers } from "../table.ts";
import type { Neighbourhood, ViewNode } from "../types.ts";
import { labels, type Label } from "./network_labels.ts";
import { plain } from "./network_plain.ts";

/** What of the page a board draws with. */
export interface Ink { ink: string; pale: string; line: string; paper: string; strong: string; dark: boolean }

/** What is to be seen just now. */
export interface Seen { lit: string; chosen: string; near: Set<string>; hidden: Set<string>; gone: Set<string> }

export interface Told {
  around: Neighbourhood;
  width: number;
  height: number;
  ink: Ink;
  sizeOf: (node: ViewNode) => number;
  labels: typeof labels;
  shapeOf: (type: string) => string;
  colourOf: (type: string) => string;
  outlineOf: (type: string) => string;
  light: (key: string) => void;
  choose: (key: string) => void;
  expand: (key: string) => void;
  /** Where nodes stood in the picture before this one, if it was of the same neighbourhood. */
  before: Map<string, { x: number; y: number }>;
}

/** Something that draws nodes and can be moved about. */
export interface Board {
  element: HTMLElement | SVGElement;
  paint: (seen: Seen) => void;
  /** Closer (more than 1), further (less), or all of it (0). */
  zoom: (factor: number) => void;
  /** See to it that the node is in sight. */
  bring: (key: string) => void;
  end: () => void;
}
export type { Label };

// What was drawn last: nodes that stay move from where they were.
let last: { focus: string; nodes: Map<string, ViewNode> } | undefined;

export const network: Draw = async (shown, room, handlers) => {
  const around = shown.view.neighbourhood;
  if (!around) return { element: h("div") };
  const height = room.narrow ? 420 : Math.round(Math.max(440, Math.min(620, room.width * 0.6)));
  const nodes = new Map(around.nodes.map((node) => [node.key, node]));
  const near = neighbours(around);
  const gone = new Set<string>();
  let state: State = { lit: "", chosen: "", hidden: new Set() };
  const sizes = around.nodes.length <= 80 ? [12, 9, 7] : room.narrow ? [9, 6, 3.5] : [12, 8, 5];
  const told: Told = {
    around, width: room.width, height, ink: ink(), labels, outlineOf: outline,
    sizeOf: (node) => sizes[Math.min(node.level, 2)] ?? 5,
    shapeOf: (type) => look(type).shape, colourOf: (type) => look(type).colour,
    light: handlers.light, choose: handlers.choose, expand,
    before: places(around),
  };
  const board = await drawnBy(told);
  const spoken = h("p", { class: "net-told", role: "status" });
  const stage = h("div", {
    class: "net-stage", tabindex: "0", role: "application", "aria-label": say("netLabel", { name: around.nodes[0]?.name ?? "" }),
  }, board.element);
  const paint = (): void => {
    const at = nodes.get(state.lit) ?? nodes.get(state.chosen);
    spoken.textContent = at ? sentence(at, around) : say("netNone");
    board.paint({ lit: state.lit, chosen: state.chosen, near: near.get(state.lit) ?? new Set(), hidden: state.hidden, gone });
  };
  const fewer = h("button", { type: "button", hidden: true, click: () => go(only(typesLeft(around, gone))) }, say("netFewer"));
  const kinds = legend(around, gone, () => { fewer.hidden = !gone.size || all <= around.nodes.length; paint(); });
  kinds.append(fewer);
  const all = Math.max(shown.answer.total, around.nodes.length + sum(Object.values(around.left_out)));
  keyboard(stage, around, board, handlers, () => state, gone);
  const press = (words: string, sign: string, factor: number): HTMLElement =>
    h("button", { type: "button", "aria-label": words, title: words, click: () => board.zoom(factor) }, sign);
  const element = h("div", { class: "net" },
    kinds,
    h("div", { class: "net-holds" }, stage, h("div", { class: "net-zoom" }, press(say("netIn"), "+", 1.5), press(say("netOut"), "−", 1 / 1.5), press(say("netAll"), "⤢", 0))),
    spoken, ...leftOut(around, all),
  );
  stage.style.height = `${height}px`;
  const stop = onPaper(stage, told, () => ({ lit: "", chosen: state.chosen, near: new Set(), hidden: state.hidden, gone }));
  return { element, show: (now) => { state = now; paint(); }, end: () => { stop(); board.end(); } };
};

/** By sigma, which only this question loads; where there is no WebGL or sigma fails, plainly. */
async function drawnBy(told: Told): Promise<Board> {
  if (!document.createElement("canvas").getContext("webgl2")) return plain(told);
  try {
    return await (await import("./network_canvas.ts")).canvas(told);
  } catch (error) {
    // It is all there without sigma, but nobody would notice otherwise that it fails.
    console.warn(error);
    return plain(told);
  }
}

/** What is drawn by WebGL does not come out of a printer: there the plain drawing stands in its place. */
function onPaper(stage: HTMLElement, told: Told, seen: () => Seen): () => void {
  let drawn: Board | undefined;
  const before = (): void => {
    drawn = plain({ ...told, ink: ink() });
    drawn.element.classList.add("net-paper");
    stage.append(drawn.element);
    drawn.paint(seen());
  };
  const after = (): void => { drawn?.element.remove(); drawn?.end(); };
  addEventListener("beforeprint", before);
  addEventListener("afterprint", after);
  return () => { removeEventListener("beforeprint", before); removeEventListener("afterprint", after); };
}

function ink(): Ink {
  const style = getComputedStyle(document.documentElement);
  const of = (name: string): string => style.getPropertyValue(`--${name}`).trim();
  return { ink: of("ink"), pale: of("pale"), line: of("line"), paper: of("paper"), strong: of("strong"), dark: style.colorScheme === "dark" };
}

function neighbours(around: Neighbourhood): Map<string, Set<string>> {
  const near = new Map<string, Set<string>>(around.nodes.map((node) => [node.key, new Set()]));
  for (const { start, end } of around.edges) {
    near.get(start)?.add(end);
    near.get(end)?.add(start);
  }
  return near;
}

/** Show what this node is linked with as well, or no longer. */
const expand = (key: string): void => go(expanded(key));

const sum = (numbers: number[]): number => numbers.reduce((all, one) => all + one, 0);

/** Where the nodes stood that were there before, seen from the same focus. */
function places(around: Neighbourhood): Told["before"] {
  const focus = around.nodes[0];
  const was = last;
  last = { focus: focus?.key ?? "", nodes: new Map(around.nodes.map((node) => [node.key, node])) };
  const old = focus && was?.focus === focus.key ? was.nodes.get(focus.key) : undefined;
  if (!was || !old || !focus) return new Map();
  return new Map([...was.nodes].map(([key, node]) => [key, { x: node.x - old.x + focus.x, y: node.y - old.y + focus.y }]));
}

/** The kinds that are not switched off, of all that there are here. */
function typesLeft(around: Neighbourhood, gone: Set<string>): string[] {
  const types = new Set([...around.nodes.map((node) => node.type), ...Object.keys(around.left_out)]);
  return [...types].filter((type) => !gone.has(type));
}

/** The node, and what its lines say, counted. */
function sentence(node: ViewNode, around: Neighbourhood): string {
  const words = new Map<string, number>();
  const own = around.edges.filter((edge) => edge.start === node.key || edge.end === node.key);
  for (const edge of own) for (const one of edge.words) words.set(one, (words.get(one) ?? 0) + 1);
  const said = [...words].sort((a, b) => b[1] - a[1]).slice(0, 6).map(([one, count]) => (count > 1 ? `${one} (${count})` : one)).join(", ");
  const links = own.length === 1 ? say("netLink") : say("netLinks", { count: own.length });
  return `${say("netNode", { name: node.name, type: look(node.type).words, links })}${said ? `: ${said}` : ""}.`;
}

/** The kinds that are here, as buttons that hide and show them. */
function legend(around: Neighbourhood, gone: Set<string>, changed: () => void): HTMLElement {
  const counts = new Map<string, number>();
  for (const { type } of around.nodes) counts.set(type, (counts.get(type) ?? 0) + 1);
  const buttons = [...counts].map(([type, count]) => {
    const button = h("button", { type: "button", class: "net-kind", "aria-pressed": "true" }, image(type), look(type).words, h("span", { class: "pale" }, String(count)));
    button.addEventListener("click", () => {
      if (!gone.delete(type)) gone.add(type);
      button.setAttribute("aria-pressed", String(!gone.has(type)));
      changed();
    });
    return button;
  });
  return h("div", { class: "net-kinds", role: "group", "aria-label": say("netKinds"), title: say("netKinds") }, ...buttons);
}

/** The mark as an image: an <svg> here would be taken for the picture when that is carried away. */
function image(type: string): HTMLElement {
  const edge = ink().dark ? ` stroke="${ink().pale}"` : "";
  const drawing = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="-1 -1 18 18"><path d="${outline(type)}" fill="${look(type).colour}"${edge}/></svg>`;
  return h("img", { class: "net-mark", src: `data:image/svg+xml,${encodeURIComponent(drawing)}`, alt: "", width: 12, height: 12 });
}

/** How many are shown of how many, and by which rule. */
function leftOut(around: Neighbourhood, all: number): HTMLElement[] {
  const left = Object.entries(around.left_out).map(([type, count]) => `${look(type).words} ${count}`).join(", ");
  if (all <= around.nodes.length) return [];
  // The server's own notes say it in full where it left out nodes itself.
  const notes = around.notes.filter((note) => !note.startsWith("Records of help") && !note.startsWith("This is a tool"));
  const own = notes[0]?.startsWith("Showing");
  const first = own ? notes[0] ?? "" : [say("netShown", { shown: around.nodes.length, total: all }), left && say("netLeft", { types: left })].filter(Boolean).join(" ");
  const rest = own ? notes.slice(1) : notes;
  return [h("div", { class: "net-left" }, h("p", {}, first),
    rest.length > 0 && h("details", {}, h("summary", {}, say("netHow")), ...rest.map((note) => h("p", {}, note))))];
}

const STEPS: Record<string, [number, number]> = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };

function keyboard(stage: HTMLElement, around: Neighbourhood, board: Board, handlers: Handlers, now: () => State, gone: Set<string>): void {
  const move = (key: string | undefined): void => { if (key) { handlers.light(key); board.bring(key); } };
  stage.addEventListener("blur", () => handlers.light(""));
  stage.addEventListener("keydown", (event) => {
    const { lit, chosen, hidden } = now();
    const there = around.nodes.filter((node) => !hidden.has(node.key) && !gone.has(node.type));
    const at = around.nodes.find((node) => node.key === (lit || chosen));
    const step = STEPS[event.key];
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (step) move(at ? nearest(at, there, step) : there[0]?.key);
    else if (event.key === "Home") move(there[0]?.key);
    else if (event.key === "+" || event.key === "=") board.zoom(1.5);
    else if (event.key === "-") board.zoom(1 / 1.5);
    else if (event.key === "0") board.zoom(0);
    else if ((event.key === "Enter" || event.key === " ") && at) {
      if (at.key === chosen) expand(at.key);
      else handlers.choose(at.key);
    } else return;
    event.preventDefault();
  });
}

/** The next node that way: what is aside counts more than what is ahead. */
function nearest(at: ViewNode, nodes: ViewNode[], [right, down]: [number, number]): string | undefined {
  let best: string | undefined;
  let least = Infinity;
  for (const node of nodes) {
    const [x, y] = [node.x - at.x, node.y - at.y];
    const ahead = x * right + y * down;
    const far = ahead + 2.5 * Math.abs(x * down + y * right);
    if (node.key !== at.key && ahead > 0 && far < least) { least = far; best = node.key; }
  }
  return best;
}
