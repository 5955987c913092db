// The picture for partners: what each score is made of, and the short path from the partner to the need.
import { fitted, s, widthOf, wrapped } from "../dom.ts";
import { look, outline } from "../marks.ts";
import { number, say, sayOr } from "../words.ts";
import type { Draw, Room } from "../picture.ts";
import type { Feature, Named, Ref, Row, Shown } from "../types.ts";

interface Partner extends Row {
  partner: Named & { kind: string };
  through: Named[];
  contact: string | null;
}

// One order for all rows: what weighs most first, and what the source names least often last.
const ORDER = ["done_before", "share", "covers", "region", "preferred", "neighbour", "present", "focus", "language", "tradition"];
// The features whose records lead from the partner to the need.
const LEADING = ["covers", "done_before", "present"];
const KINDS = ["Offer", "Mandate", "Precedent", "Activity", "Programme"];
const MOST = 60;
const BAR = 16;
const LINE = 17;

/** Where things stand: the names, then the bars from `left` (0) to `right` (`most`); the rail leads to the need. */
interface Places { names: number; left: number; right: number; rail: number; narrow: boolean; most: number }

export const bars: Draw = (shown, room) => {
  const rows = shown.answer.rows as Partner[];
  const at = places(room, rows);
  const need = needOf(shown);
  const head = heading(rows, room, at, need);
  const marks: SVGElement[] = [];
  let y = head.height;
  let last = y;
  for (const [index, row] of rows.slice(0, MOST).entries()) {
    const made = line(row, shown.view.rows[index]?.key ?? "", shown, at, y);
    marks.push(made.element);
    y += made.height;
    last = made.last;
  }
  const left = rows.length > MOST ? [s("text", { class: "pale small", x: 0, y: y + 20 }, say("barFirst", { shown: MOST, total: rows.length }))] : [];
  const height = y + (left.length ? 32 : 8);
  const rail = s("path", { class: "rail", d: `M${at.rail} ${head.need}V${last}` });
  return { element: s("svg", { class: "bars", width: room.width, height, viewBox: `0 0 ${room.width} ${height}` }, rail, ...head.elements, ...marks, ...left) };
};

function places(room: Room, rows: Row[]): Places {
  const rail = room.width - 8.5;
  // The scale ends at the next tenth above all that is shown.
  const most = Math.min(1, Math.max(0.2, Math.ceil(10 * Math.max(...rows.map((row) => row.score ?? 0))) / 10));
  if (room.width < 560) return { names: room.width - 32, left: 4, right: room.width - 56, rail, narrow: true, most };
  const names = Math.round(Math.min(280, Math.max(176, room.width * 0.28)));
  return { names, left: names + 16, right: room.width - 72, rail, narrow: false, most };
}

/** What is asked for, as the mark of its kind and words. */
function needOf(shown: Shown): { type: string; words: string } {
  const { parameters } = shown.answer;
  const called = (types: string[], id: unknown): { type: string; words: string } | null => {
    const type = types.find((one) => shown.view.names[`${one} ${String(id)}`]);
    return type ? { type, words: shown.view.names[`${type} ${String(id)}`] ?? "" } : null;
  };
  const who = called(["Request", "State", "Organisation", "Territory"], parameters["who"]) ?? { type: "State", words: String(parameters["who"] ?? "") };
  const theme = parameters["theme"] ? called(["Theme", "Obligation"], parameters["theme"]) : null;
  return { type: who.type, words: theme ? `${who.words}: ${theme.words}` : who.words };
}

/** The legend, the scale, and the need at the upper end of the rail. */
function heading(rows: Partner[], room: Room, at: Places, need: { type: string; words: string }): { elements: SVGElement[]; height: number; need: number } {
  const used = ORDER.concat([...new Set(rows.flatMap((row) => row.features.map((one) => one.name)))].filter((name) => !ORDER.includes(name)))
    .filter((name) => rows.some((row) => row.features.some((one) => one.name === name && one.value * one.weight > 0)));
  const types = [...new Set(rows.flatMap((row) => path(row).map((one) => one.type)))];
  const segments: Entry[] = [
    { words: say("barAxis") },
    ...used.map((name) => ({ words: called(name), mark: (x: number, y: number) => segment(name, x, y - 10, 20, 12), width: 20 })),
  ];
  const kinds: Entry[] = [{ words: say("barPath") }, ...types.map((type) => ({ words: look(type).words.toLowerCase(), mark: (x: number, y: number) => glyph(type, x, y - 10, 12), width: 12 }))];
  const first = flow(segments, room.width, 12);
  const second = types.length ? flow(kinds, room.width, first.height + 12) : { elements: [], height: first.height };
  const y = second.height + 20;
  const words = wrapped(`${say("barNeed")}: ${need.words}`, room.width - 32, 2, 13, true);
  const ticks = y + LINE * (words.length - 1) + 24;
  return {
    elements: [
      ...first.elements, ...second.elements,
      ...words.map((one, index) => s("text", { class: "strong", x: at.rail - 14, y: y + index * LINE, "text-anchor": "end" }, s("title", {}, need.words), one)),
      glyph(need.type, at.rail - 7, y - 12, 14),
      ...scale(at).map((one) => s("text", { class: "pale small", x: along(at, one) - (one || !at.narrow ? 0 : 4), y: ticks, "text-anchor": one || !at.narrow ? "middle" : "start" }, one < at.most ? number(one, one ? 1 : 0) : say("barOf", { score: number(one, 1) }))),
      s("text", { class: "pale small", x: 0, y: ticks, display: at.narrow ? "none" : undefined }, say("barPartner")),
    ],
    height: ticks + 8,
    need: y + 6,
  };
}

/** Where a score stands. */
const along = (at: Places, score: number): number => at.left + (score / at.most) * (at.right - at.left);
/** Nothing, each second tenth between, and the end. */
const scale = ({ most }: Places): number[] => [...[0, 0.2, 0.4, 0.6, 0.8].filter((one) => one < most - 0.05), most];

const called = (name: string): string => sayOr(`bar_${name}`, name.replace(/_/g, " "));

function line(row: Partner, key: string, shown: Shown, at: Places, y: number): { element: SVGElement; height: number; last: number } {
  const names = wrapped(row.partner.name, at.names - 20, 4, 13, true);
  const agencies = row.through.map((one) => one.name);
  const said = agencies.length > 2
    ? say("barThroughMore", { names: agencies.slice(0, 2).join(", "), more: agencies.length - 2 })
    : say("barThrough", { names: agencies.join(", ") });
  const through = agencies.length ? wrapped(said, at.names - 20, at.narrow ? 1 : at.names < 220 ? 3 : 2, 12) : [];
  const text = 12 + LINE * (names.length + through.length);
  const top = y + (at.narrow ? text - 2 : 8);
  const ways = lanes(row, at);
  const own = 40 + LINE * Math.max(1, ways.length);
  const height = at.narrow ? text + own - 8 : Math.max(own, text + 4);
  const parts = [...row.features].filter((one) => one.value * one.weight > 0).sort((a, b) => place(a) - place(b));
  const type = row.partner.kind === "State" ? "State" : "Organisation";
  const score = number(row.score ?? 0, 2);
  const end = along(at, row.score ?? 0);
  const label = say("barLabel", { partner: row.partner.name, score, parts: parts.map((one) => say("barPart", { name: called(one.name), part: number(weighs(one, row), 2) })).join(", ") });
  const full = [row.partner.name, agencies.length ? say("barThrough", { names: agencies.join(", ") }) : ""].filter(Boolean).join("\n");
  const element = marked(
    key, label, s("rect", { class: "ground", x: 0, y, width: at.rail - 1, height }),
    s("path", { class: "line", d: `M0 ${y + 0.5}H${at.rail - 1}` }),
    s("g", {}, s("title", {}, full), glyph(type, 0, y + 9, 12),
      ...names.map((one, index) => s("text", { class: "strong", x: 20, y: y + 20 + index * LINE }, one)),
      ...through.map((one, index) => s("text", { class: "pale small", x: 20, y: y + 20 + (names.length + index) * LINE }, one))),
    // The scale stands behind each bar alone: a line through all rows would go through the text of the paths.
    ...scale(at).map((one) => Math.round(along(at, one)) + 0.5).filter((x) => x < end || x > end + 6 + widthOf(score))
      .map((x) => s("path", { class: "scale", d: `M${x} ${top - 2}v${BAR + 4}` })),
    ...stacked(parts, row, at, top),
    s("text", { class: "figure", x: end + 6, y: top + 13 }, score),
    ...(ways.length ? ways.flatMap((one, index) => way(one, shown, at, top + BAR + 16 + index * LINE)) : [s("text", { class: "pale small", x: at.left, y: top + BAR + 16 }, fitted(say("barNoPath"), at.rail - at.left, 12))]),
  );
  return { element, height, last: ways.length ? top + BAR + 11.5 + (ways.length - 1) * LINE : y };
}

const place = (one: Feature): number => (ORDER.indexOf(one.name) + ORDER.length + 1) % (ORDER.length + 1);

/** How much of the score a feature is. */
function weighs(one: Feature, row: Row): number {
  const all = row.features.reduce((sum, feature) => sum + feature.weight, 0);
  return all ? (one.value * one.weight) / all : 0;
}

function stacked(parts: Feature[], row: Partner, at: Places, y: number): SVGElement[] {
  let x = at.left;
  return parts.map((one) => {
    const part = weighs(one, row);
    const wide = along(at, part) - at.left;
    const told = say("barSegment", { name: called(one.name), part: number(part, 2), score: number(row.score ?? 0, 2), value: number(one.value, 2), weight: number(one.weight, 1), sentence: one.sentence });
    const made = segment(one.name, x, y, wide, BAR, told);
    x += wide;
    return made;
  });
}

/** A piece of a bar. The lines of its pattern are drawn one by one: a pattern by reference would not be in a file. */
function segment(name: string, x: number, y: number, width: number, height: number, told = ""): SVGElement {
  const wide = Math.max(1, width);
  const lines = HATCHES[name]?.(x, y, wide, height) ?? "";
  return s("g", { class: `segment segment-${name.replace(/_/g, "-")}` },
    told && s("title", {}, told), s("rect", { x, y, width: wide, height }), lines && s("path", { d: lines }));
}

type Hatch = (x: number, y: number, w: number, h: number) => string;
const upright = (step: number): Hatch => (x, y, w, h) => marks(x, w, step, (at) => `M${at} ${y}v${h}`);
const level = (step: number): Hatch => (x, y, w, h) => marks(y, h, step, (at) => `M${x} ${at}h${w}`);
const crossed: Hatch = (x, y, w, h) => upright(5)(x, y, w, h) + level(5)(x, y, w, h);
const dots: Hatch = (x, y, w, h) => marks(x, w, 5, (across) => marks(y, h, 5, (down) => `M${across - 0.75} ${down}h1.5`));
/** Slanting lines, each cut off at the edges of the piece. */
const slanting: Hatch = (x, y, w, h) => marks(x - h, w + h, 5, (from) => {
  const start = Math.max(from, x);
  const end = Math.min(from + h, x + w);
  return end > start ? `M${start} ${y + h - (start - from)}L${end} ${y + h - (end - from)}` : "";
});
const HATCHES: Record<string, Hatch> = { share: slanting, region: dots, preferred: level(4), neighbour: upright(4), present: level(6), focus: crossed };

function marks(from: number, long: number, step: number, draw: (at: number) => string): string {
  let made = "";
  for (let at = from + step / 2; at < from + long; at += step) made += draw(at);
  return made;
}

/** The records that lead from the partner to the need, each once, by kind. */
function path(row: Partner): Ref[] {
  const found = new Map<string, Ref>();
  for (const one of row.features) if (LEADING.includes(one.name)) for (const ref of one.records) found.set(`${ref.type} ${ref.id}`, ref);
  const rank = (ref: Ref): number => (KINDS.indexOf(ref.type) + KINDS.length + 1) % (KINDS.length + 1);
  return [...found.values()].sort((a, b) => rank(a) - rank(b));
}

/** The records by kind, in lines of as many kinds as there is room for: kinds lead to the need beside each other. */
function lanes(row: Partner, at: Places): Ref[][][] {
  const refs = path(row);
  const kinds = [...new Set(refs.map((one) => one.type))].map((type) => refs.filter((one) => one.type === type));
  const each = Math.max(1, Math.floor((at.rail - at.left - 48) / 200));
  if (kinds.length <= each) return kinds.length ? [kinds] : [];
  return kinds.map((one) => [one]);
}

/** A line of the path: from the partner, over a record of each kind, with an arrow to the rail of the need. */
function way(kinds: Ref[][], shown: Shown, at: Places, y: number): SVGElement[] {
  const middle = y - 4.5;
  const made: SVGElement[] = [s("path", { class: "way", d: `M${at.left + 0.5} ${middle}h10` })];
  let x = at.left + 16;
  for (const [index, those] of kinds.entries()) {
    const type = those[0]?.type ?? "";
    const names = those.map((one) => shown.view.names[`${one.type} ${one.id}`] ?? one.id);
    const more = those.length > 1 ? ` ${say("barMore", { more: those.length - 1 })}` : "";
    const share = (at.rail - 32 - x) / (kinds.length - index) - 16;
    const text = fitted(names[0] ?? "", Math.max(24, share - 20 - widthOf(more, 12)), 12) + more;
    made.push(s("g", {}, s("title", {}, `${look(type).words}: ${names.join("\n")}`), glyph(type, x, middle - 6, 12), s("text", { class: "small", x: x + 18, y }, text)));
    x += 18 + widthOf(text, 12) + 16;
  }
  made.push(s("path", { class: "way", d: `M${Math.min(x - 8, at.rail - 12)} ${middle}H${at.rail - 3}m-4 -3l4 3l-4 3` }));
  return made;
}

/** An entry of a legend: its words, and before them a mark that is drawn with its left end and line of text there. */
export interface Entry { words: string; mark?: (x: number, y: number) => SVGElement; width?: number }

/** A legend from left to right, in as many lines as it needs; `top` is where it starts. */
export function flow(entries: Entry[], width: number, top: number): { elements: SVGElement[]; height: number } {
  const elements: SVGElement[] = [];
  let x = 0;
  let y = top;
  for (const one of entries) {
    const mark = one.mark ? (one.width ?? 0) + 6 : 0;
    const wide = mark + widthOf(one.words, 12);
    if (x && x + wide > width) { x = 0; y += 20; }
    if (one.mark) elements.push(one.mark(x, y));
    elements.push(s("text", { class: "pale small", x: x + mark, y }, one.words));
    x += wide + 16;
  }
  return { elements, height: y + 8 };
}

/** The mark of a kind of record, within a drawing. */
export function glyph(type: string, x: number, y: number, size: number): SVGElement {
  return s("path", { class: `kind kind-${type}`, d: outline(type), fill: look(type).colour, transform: `translate(${x} ${y}) scale(${size / 16})` });
}

/**
 * The mark of a row: its ground, which has the name that is read out, and all that is drawn on it. The two stand
 * apart, as a name that is not the very text of its mark would be no name of it to those who speak to their machine.
 */
export function marked(key: string, label: string, ground: SVGElement, ...drawn: (SVGElement | string | null | undefined | false)[]): SVGElement {
  return s("g", {}, s("g", { "data-key": key, "aria-label": label }, ground), s("g", { "data-key": key, "aria-hidden": "true" }, ...drawn));
}
