// The network as a plain drawing, for browsers without WebGL: drawn anew whenever it is moved.
import { s } from "../dom.ts";
import type { Board, Seen, Told } from "./network.ts";
import type { ViewNode } from "../types.ts";

const EDGE = 28;

export function plain(told: Told): Board {
  const { width, height, around } = told;
  const element = s("svg", { class: "net-plain", width, height, viewBox: `0 0 ${width} ${height}` });
  const nodes = new Map(around.nodes.map((node) => [node.key, node]));
  const links = new Map<string, number>();
  for (const { start, end } of around.edges) for (const key of [start, end]) links.set(key, (links.get(key) ?? 0) + 1);
  const xs = around.nodes.map((node) => node.x);
  const ys = around.nodes.map((node) => node.y);
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const whole = Math.min((width - 2 * EDGE) / (right - left || 1), (height - 2 * EDGE) / (bottom - top || 1), 2);
  const all = { x: (left + right) / 2, y: (top + bottom) / 2, k: whole };
  let view = { ...all };
  let seen: Seen = { lit: "", chosen: "", near: new Set(), hidden: new Set(), gone: new Set() };
  const at = (node: ViewNode): [number, number] => [(node.x - view.x) * view.k + width / 2, (node.y - view.y) * view.k + height / 2];

  const draw = (): void => {
    const main = new Set([seen.lit, seen.chosen].filter(Boolean));
    const quiet = (key: string): boolean => seen.hidden.has(key) || (seen.lit !== "" && !main.has(key) && !seen.near.has(key));
    const there = around.nodes.filter((node) => !seen.gone.has(node.type));
    const spots = there.map((node) => { const [x, y] = at(node); return { node, x, y, r: told.sizeOf(node) * Math.min(2, Math.sqrt(view.k / whole)) + (main.has(node.key) ? 2 : 0), links: links.get(node.key) ?? 0 }; });
    const lines = around.edges.flatMap(({ start, end }) => {
      const [from, to] = [nodes.get(start), nodes.get(end)];
      if (!from || !to || seen.gone.has(from.type) || seen.gone.has(to.type)) return [];
      const own = start === (seen.lit || seen.chosen) || end === (seen.lit || seen.chosen);
      const [[x1, y1], [x2, y2]] = [at(from), at(to)];
      return [s("line", { class: own ? "net-own" : seen.lit || quiet(start) || quiet(end) ? "net-quiet" : "net-line", x1, y1, x2, y2 })];
    });
    const marks = spots.map(({ node, x, y, r }) => s("path", {
      "data-key": node.key, d: told.outlineOf(node.type), fill: told.colourOf(node.type), transform: `translate(${x - r} ${y - r}) scale(${r / 8})`,
      class: `net-node${main.has(node.key) ? " net-main" : ""}${quiet(node.key) ? " net-quiet" : ""}`,
    }, s("title", {}, node.name)));
    const texts = told.labels(spots.filter(({ node }) => !quiet(node.key)), width, height, main, seen.near).map((label) => s(
      "text", { class: `net-name${label.bold ? " net-bold" : ""}`, "font-size": label.size },
      ...label.lines.map((line, row) => s("tspan", { x: label.x, y: label.y + row * 15 }, line)),
    ));
    element.replaceChildren(s("g", {}, ...lines), s("g", {}, ...marks), s("g", { class: "net-names" }, ...texts));
  };
  let waiting = 0;
  const later = (): void => { cancelAnimationFrame(waiting); waiting = requestAnimationFrame(draw); };
  hands(element, told, () => view.k, (x, y) => { view = { ...view, x: view.x - x / view.k, y: view.y - y / view.k }; later(); });
  return {
    element,
    // At first at once: a printer does not wait.
    paint: (next) => { seen = next; if (element.firstChild) later(); else draw(); },
    zoom: (factor) => { view = factor ? { ...view, k: Math.max(whole / 1.6, Math.min(whole * 20, view.k * factor)) } : { ...all }; later(); },
    bring: (key) => {
      const node = nodes.get(key);
      if (!node) return;
      const [x, y] = at(node);
      if (x < 40 || x > width - 40 || y < 40 || y > height - 40) { view = { ...view, x: node.x, y: node.y }; later(); }
    },
    end: () => cancelAnimationFrame(waiting),
  };
}

/** Pointers: over a node lights it, a click chooses, a drag moves the drawing. */
function hands(element: SVGSVGElement, told: Told, scale: () => number, drag: (x: number, y: number) => void): void {
  const keyOf = (event: Event): string => (event.target as Element).closest<SVGElement>("[data-key]")?.dataset["key"] ?? "";
  let from: { x: number; y: number; key: string; far: number } | null = null;
  let last = { key: "", time: 0 };
  element.addEventListener("pointermove", (event) => {
    if (!from) { told.light(keyOf(event)); return; }
    const [x, y] = [event.clientX - from.x, event.clientY - from.y];
    from = { ...from, x: event.clientX, y: event.clientY, far: from.far + Math.abs(x) + Math.abs(y) };
    if (from.far > 4 && scale()) drag(x, y);
  });
  element.addEventListener("pointerdown", (event) => { from = { x: event.clientX, y: event.clientY, key: keyOf(event), far: 0 }; });
  element.addEventListener("pointerleave", () => { from = null; told.light(""); });
  element.addEventListener("pointerup", (event) => {
    const pressed = from;
    from = null;
    // What is under the pointer is drawn anew meanwhile, so that the browser sees no click.
    if (!pressed?.key || pressed.far > 4) return;
    if (last.key === pressed.key && event.timeStamp - last.time < 400) told.expand(pressed.key);
    else told.choose(pressed.key);
    last = { key: pressed.key, time: event.timeStamp };
  });
}
