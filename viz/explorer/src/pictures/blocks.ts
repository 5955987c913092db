// The picture for groupings: a block of States × shared items for each, the columns in one order for all of them, so
// that what stands together in one block can be found again in the next.
import { fitted, s, widthOf, wrapped } from "../dom.ts";
import type { Draw, Room } from "../picture.ts";
import type { Named, Row, StateName } from "../types.ts";
import { say } from "../words.ts";

interface Shared extends Named { reading: string; otherwise: { iso3: string }[] }
interface Grouping extends Row {
  states: StateName[];
  shared: Shared[];
  no_source: StateName[];
  adding: (StateName & { drops: string[] })[];
  partners: Named[];
  organisation: Named | null;
}
interface Frame { room: Room; label: number; cell: number; columns: StateName[]; common: boolean }

const CELL = 24;
const LEAST = 18;
const LINE = 24;
const HELPERS = 3;

export const blocks: Draw = (shown, room) => {
  const rows = shown.answer.rows as Grouping[];
  const all = ordered(rows);
  const label = room.narrow ? Math.round(room.width * 0.42) : 280;
  const cell = Math.min(CELL + 12, Math.floor((room.width - label) / Math.max(1, all.length)));
  // Where not all of them fit side by side, each block has the columns of its own States alone.
  const common = cell >= LEAST && !room.narrow;
  const legend = legendOf(rows, room.width);
  const drawn: SVGElement[] = [legend.element];
  let y = legend.height + 16;
  for (const [at, row] of rows.entries()) {
    const columns = common ? all : row.states;
    const own = Math.max(LEAST, Math.min(CELL + 12, Math.floor((room.width - label) / Math.max(1, columns.length))));
    const frame: Frame = { room, label, cell: common ? cell : own, columns, common };
    const block = blockOf(row, shown.view.rows[at]?.key ?? "", frame, y);
    drawn.push(block.element);
    y += block.height + 24;
  }
  return { element: s("svg", { class: "blocks", width: room.width, height: y, viewBox: `0 0 ${room.width} ${y}` }, ...drawn) };
};

/** All States: those that are in the same groupings stand side by side, and among these by name. */
function ordered(rows: Grouping[]): StateName[] {
  const found = new Map<string, { state: StateName; where: string; times: number }>();
  for (const [at, row] of rows.entries()) {
    for (const state of row.states) {
      const one = found.get(state.iso3) ?? { state, where: "", times: 0 };
      found.set(state.iso3, { state, where: `${one.where}${String(at).padStart(3, "0")} `, times: one.times + 1 });
    }
  }
  return [...found.values()]
    .sort((a, b) => a.where.localeCompare(b.where) || a.state.name.localeCompare(b.state.name))
    .map((one) => one.state);
}

function blockOf(row: Grouping, key: string, frame: Frame, top: number): { element: SVGElement; height: number } {
  const { room, label, cell, columns } = frame;
  const members = new Set(row.states.map((one) => one.iso3));
  const heads = headsOf(row, room.width);
  // Codes that would run into each other stand upright.
  const upright = cell < 30;
  const matrix = top + heads.length * 20 + (upright ? 44 : 28);
  const height = matrix - top + row.shared.length * LINE + 8;
  const codes = columns.map((state, at) => {
    const x = label + at * cell + cell / 2 + (upright ? 4 : 0);
    const turned = upright ? { transform: `rotate(-90 ${x} ${matrix - 8})` } : { "text-anchor": "middle" };
    const within = members.has(state.iso3);
    return s("text", { class: within ? "code" : "code away", x, y: matrix - 8, ...turned }, within ? state.iso3 : "", s("title", {}, state.name));
  });
  const lines = row.shared.map((item, line) => {
    const y = matrix + line * LINE;
    return s("g", {},
      s("text", { x: 0, y: y + 16 }, fitted(item.name, label - 12), s("title", {}, `${item.name}: ${item.reading}`)),
      s("line", { class: "line", x1: 0, x2: label + columns.length * cell, y1: y, y2: y }),
      ...columns.map((state, at) => (members.has(state.iso3)
        ? cellOf(item, state, label + at * cell + cell / 2, y + LINE / 2)
        : s("g", {}))),
    );
  });
  const element = s("g", { "data-key": key, "aria-label": sentence(row), class: "block" },
    s("rect", { class: "ground", x: 0, y: top, width: room.width, height }),
    ...heads.map((one, at) => s("text", { class: one.head ? "head" : "pale", x: 0, y: top + 16 + at * 20 }, one.text)),
    ...codes, ...lines,
  );
  return { element, height };
}

/** What stands above a block, in words that fit the room. */
function headsOf(row: Grouping, width: number): { text: string; head?: boolean }[] {
  const counts = shares(row);
  const within = row.organisation ? ` · ${row.organisation.name}` : "";
  const helpers = row.partners.slice(0, HELPERS).map((one) => one.name).join(", ");
  const more = row.partners.length > HELPERS ? ` ${say("andMore", { more: row.partners.length - HELPERS })}` : "";
  const told = [
    helpers ? fitted(say("blocksHelp", { who: `${helpers}${more}` }), width) : say("blocksNoHelp"),
  ];
  const [adding] = row.adding;
  if (adding) told.push(...wrapped(say("blocksAdding", { state: adding.name, items: adding.drops.length, names: named(row, adding.drops) }), width, 2));
  if (row.no_source.length) told.push(fitted(say("blocksUnknown", { who: row.no_source.map((one) => one.name).join(", ") }), width));
  return [...wrapped(`${counts}${within}`, width, 2, 14, true).map((text) => ({ text, head: true })), ...told.map((text) => ({ text }))];
}

const shares = (row: Grouping): string => say(row.shared.length === 1 ? "blocksCountOne" : "blocksCount", { states: row.states.length, items: row.shared.length });

const named = (row: Grouping, ids: string[]): string => ids.map((id) => row.shared.find((one) => one.id === id)?.name ?? id).join(", ");

function sentence(row: Grouping): string {
  return `${shares(row)}: ${row.states.map((one) => one.name).join(", ")}. ${row.shared.map((one) => `${one.name}: ${one.reading}`).join("; ")}.`;
}

/** A reading by its form, and a stroke where another source says otherwise. */
function cellOf(item: Shared, state: StateName, x: number, y: number): SVGElement {
  const differs = item.otherwise.some((one) => one.iso3 === state.iso3);
  return s("g", {},
    ...form(item.reading, x, y),
    differs ? s("path", { class: "differs", d: `M${x - 8} ${y + 9}h16` }) : null,
    s("title", {}, `${state.name}, ${item.name}: ${item.reading}${differs ? `; ${say("blocksDiffer")}` : ""}`),
  );
}

/** ■ in place, ◧ incomplete, □ no entry, · unknown. */
function form(reading: string, x: number, y: number): SVGElement[] {
  if (reading === "unknown") return [s("circle", { class: "full", cx: x, cy: y, r: 1.5 })];
  const box = s("rect", { class: reading === "in place" ? "full" : "open", x: x - 6, y: y - 6, width: 12, height: 12 });
  return reading === "incomplete" ? [box, s("rect", { class: "full", x: x - 6, y: y - 6, width: 6, height: 12 })] : [box];
}

function legendOf(rows: Grouping[], width: number): { element: SVGElement; height: number } {
  const seen = new Set(rows.flatMap((row) => row.shared.map((item) => item.reading)));
  const words = { "in place": say("inPlace"), incomplete: say("incompleteReading"), "no entry": say("noEntry"), unknown: say("unknown") };
  const shown = Object.entries(words).filter(([reading]) => seen.has(reading));
  const marks: SVGElement[] = [];
  let x = 0;
  let y = 14;
  const place = (text: string, mark: (x: number, y: number) => SVGElement[]): void => {
    const wide = widthOf(text) + 48;
    if (x && x + wide > width) { x = 0; y += 20; }
    marks.push(...mark(x + 8, y - 4), s("text", { class: "pale", x: x + 22, y }, text));
    x += wide;
  };
  for (const [reading, text] of shown) place(text, (at, line) => form(reading, at, line));
  if (rows.some((row) => row.shared.some((item) => item.otherwise.length))) {
    place(say("blocksDiffer"), (at, line) => [s("path", { class: "differs", d: `M${at - 8} ${line + 4}h16` })]);
  }
  return { element: s("g", { "aria-hidden": "true" }, ...marks), height: y + 8 };
}

