// Which names of nodes are written, and where: never one over another; the nearest to the focus and best linked first.
import { widthOf, wrapped } from "../dom.ts";
import type { ViewNode } from "../types.ts";

/** A node where it is on the screen. */
export interface Spot { node: ViewNode; x: number; y: number; r: number; links: number }
/** Lines of text; `x` and `y` are the start of the first line's base. */
export interface Label { key: string; x: number; y: number; lines: string[]; size: number; bold: boolean; main: boolean }

const TALL = 15;
interface Box { left: number; top: number; right: number; bottom: number }
const over = (a: Box, b: Box): boolean => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

const measured = new Map<string, { lines: string[]; width: number }>();

function text(name: string, most: number, lines: number, size: number, bold: boolean): { lines: string[]; width: number } {
  const key = `${most} ${lines} ${size} ${bold} ${name}`;
  const held = measured.get(key);
  if (held) return held;
  const broken = wrapped(name, most, lines, size, bold);
  const made = { lines: broken, width: Math.max(...broken.map((line) => widthOf(line, size, bold)), 0) };
  if (measured.size > 2000) measured.clear();
  measured.set(key, made);
  return made;
}

/** The names that have room; those of `main` and of the focus are there in any case, those of `near` come next. */
export function labels(spots: Spot[], width: number, height: number, main: Set<string>, near: Set<string>): Label[] {
  // A field is called by its State and its obligation: beside its own State the first is known.
  const focus = spots.find((one) => one.node.level === 0)?.node.name;
  const called = (name: string): string => (focus && name.startsWith(`${focus}: `) ? name.slice(focus.length + 2) : name);
  const rank = (spot: Spot): number => (main.has(spot.node.key) ? 0 : near.has(spot.node.key) ? 1 : 2 + spot.node.level);
  const inside = spots.filter((one) => one.x > -one.r && one.x < width + one.r && one.y > -one.r && one.y < height + one.r);
  const ordered = [...inside].sort((a, b) => rank(a) - rank(b) || b.links - a.links || (a.node.key < b.node.key ? -1 : 1));
  const marks = inside.map((one) => ({ key: one.node.key, left: one.x - one.r, right: one.x + one.r, top: one.y - one.r, bottom: one.y + one.r }));
  const taken: Box[] = [];
  const found: Label[] = [];
  for (const spot of ordered) {
    const { key, name, level } = spot.node;
    const bold = level === 0 || main.has(key);
    const size = level === 0 || main.has(key) ? 13 : 12;
    const { lines, width: wide } = text(called(name), main.has(key) ? 260 : 150, main.has(key) ? 3 : 2, size, bold);
    const tall = lines.length * TALL;
    const places = [
      [spot.x + spot.r + 4, spot.y - tall / 2], [spot.x - spot.r - 4 - wide, spot.y - tall / 2],
      [spot.x - wide / 2, spot.y + spot.r + 2], [spot.x - wide / 2, spot.y - spot.r - 2 - tall],
    ].map(([left = 0, top = 0]) => ({ left, top, right: left + wide, bottom: top + tall }));
    const fits = (box: Box): boolean => box.left >= 0 && box.right <= width && box.top >= 0 && box.bottom <= height;
    const free = (box: Box): boolean => fits(box) && !taken.some((one) => over(one, box));
    const clear = (box: Box): boolean => free(box) && !marks.some((one) => one.key !== key && over(one, box));
    const box = places.find(clear) ?? (main.has(key) || level === 0 ? places.find(free) ?? places.find(fits) ?? places[0] : undefined);
    if (!box) continue;
    taken.push({ left: box.left - 4, top: box.top - 1, right: box.right + 4, bottom: box.bottom + 1 });
    found.push({ key, x: box.left, y: box.top + 11.5, lines, size, bold, main: main.has(key) });
  }
  return found;
}

export const LINE_HEIGHT = TALL;
