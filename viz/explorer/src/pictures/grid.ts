// The picture for overlap: themes × funders, filled by the number of programmes; what is known of none stands below.
import { fitted, s, widthOf } from "../dom.ts";
import type { Draw, Room } from "../picture.ts";
import type { Named, Row, Shown } from "../types.ts";
import { amount, day, say } from "../words.ts";

interface Backer extends Named { programmes: string[] }
interface Money { currency: string; amount: number }
interface Theme extends Row {
  kind: "theme"; id: string; name: string; number: number;
  programmes: { id: string }[]; funders: Backer[]; amounts: Money[]; until: string | null;
  doubling: { role: string; partners: Named[] }[];
}
interface Provider extends Row { kind: "provider"; id: string; name: string; programmes: string[]; themes: Named[] }
interface Kept<T> { key: string; row: T }
interface Frame { room: Room; left: number; cell: number; right: number; columns: Backer[]; more: number; top: number }

const LINE = 32;
const MOST_RADIUS = 13;
const LEAST_CELL = 30;

export const grid: Draw = (shown, room) => {
  const { themes, providers } = kept(shown);
  const filled = themes.filter((one) => one.row.number > 0);
  const blank = themes.filter((one) => !one.row.number);
  const frame = framed(filled, room);
  const most = Math.max(1, ...filled.flatMap((one) => one.row.funders.map((two) => two.programmes.length)));
  const drawn: SVGElement[] = [...headings(frame, providers), ...filled.map((one, at) => line(one, frame, frame.top + at * LINE, most))];
  let y = frame.top + filled.length * LINE + 8;
  const notes = [
    filled.some((one) => one.row.doubling.length) ? say("gridDoubling") : "",
    frame.more ? say("gridMore", { more: frame.more }) : "",
  ].filter(Boolean);
  for (const text of notes) { y += 20; drawn.push(s("text", { class: "pale", x: 0, y }, fitted(text, room.width))); }
  if (blank.length) {
    const list = blanks(blank, room, y + 24);
    drawn.push(...list.elements);
    y = list.end;
  }
  const height = y + 12;
  return { element: s("svg", { class: "grid", width: room.width, height, viewBox: `0 0 ${room.width} ${height}` }, ...drawn) };
};

function kept(shown: Shown): { themes: Kept<Theme>[]; providers: Map<string, string> } {
  const themes: Kept<Theme>[] = [];
  const providers = new Map<string, string>();
  for (const [at, row] of shown.answer.rows.entries()) {
    const key = shown.view.rows[at]?.key ?? "";
    if ((row as Theme | Provider).kind === "theme") themes.push({ key, row: row as Theme });
    else providers.set((row as Provider).id, key);
  }
  return { themes, providers };
}

/** Funders by name; where there is no room for all, those with most programmes, still by name. */
function framed(filled: Kept<Theme>[], room: Room): Frame {
  const found = new Map<string, Backer>();
  for (const { row } of filled) {
    for (const one of row.funders) {
      const before = found.get(one.id)?.programmes ?? [];
      found.set(one.id, { ...one, programmes: [...new Set([...before, ...one.programmes])] });
    }
  }
  const left = room.narrow ? Math.round(room.width * 0.42) : 240;
  const right = room.narrow ? 0 : 170;
  const fit = Math.max(1, Math.floor((room.width - left - right) / LEAST_CELL));
  const chosen = [...found.values()].sort((a, b) => b.programmes.length - a.programmes.length || a.name.localeCompare(b.name)).slice(0, fit);
  const columns = chosen.sort((a, b) => a.name.localeCompare(b.name));
  const cell = Math.min(56, Math.floor((room.width - left - right) / Math.max(1, columns.length)));
  const longest = Math.max(0, ...columns.map((one) => Math.min(170, widthOf(one.name))));
  return { room, left, right, cell, columns, more: found.size - columns.length, top: Math.round(longest * 0.72) + 28 };
}

function headings(frame: Frame, providers: Map<string, string>): SVGElement[] {
  return frame.columns.map((one, at) => {
    const x = frame.left + at * frame.cell + frame.cell / 2;
    const y = frame.top - 8;
    const key = providers.get(one.id);
    // Names lean to the right: the last ones have less room before the edge.
    const room = Math.min(170, (frame.room.width - x) / 0.71 - 8);
    const label = s("text", { x, y, transform: `rotate(-45 ${x} ${y})` }, fitted(one.name, room), s("title", {}, one.name));
    if (!key) return label;
    return s("g", { "data-key": key, "aria-label": say("gridProvider", { name: one.name, programmes: one.programmes.length }) },
      s("rect", { class: "ground", x: x - 14, y: y - 6, width: 28, height: 12 }), label);
  });
}

function line(one: Kept<Theme>, frame: Frame, y: number, most: number): SVGElement {
  const { row } = one;
  const middle = y + LINE / 2;
  const doubled = new Set(row.doubling.filter((two) => two.role === "fund").flatMap((two) => two.partners.map((three) => three.id)));
  const end = frame.left + frame.columns.length * frame.cell;
  const money = row.amounts.map((two) => amount(two.amount, two.currency)).slice(0, 1).join("");
  const until = row.until ? say("gridUntil", { date: day(row.until) }) : "";
  return s("g", { "data-key": one.key, "aria-label": sentence(row) },
    s("rect", { class: "ground", x: 0, y, width: frame.room.width, height: LINE }),
    s("line", { class: "line", x1: 0, x2: frame.right ? frame.room.width : end, y1: y, y2: y }),
    s("text", { x: 0, y: middle + 5 }, fitted(row.name, frame.left - 12), s("title", {}, row.name)),
    ...frame.columns.map((column, at) => {
      const number = row.funders.find((two) => two.id === column.id)?.programmes.length ?? 0;
      return number ? circle(frame.left + at * frame.cell + frame.cell / 2, middle, number, most, doubled.has(column.id), `${row.name}, ${column.name}: ${say("gridNumber", { number })}`) : null;
    }),
    frame.right ? s("text", { x: frame.room.width, y: middle - 1, "text-anchor": "end" }, money) : null,
    frame.right ? s("text", { class: "pale small", x: frame.room.width, y: middle + 13, "text-anchor": "end" }, until) : null,
  );
}

function circle(x: number, y: number, number: number, most: number, doubled: boolean, words: string): SVGElement {
  const radius = Math.max(4, MOST_RADIUS * Math.sqrt(number / most));
  const inside = radius >= 9;
  return s("g", {},
    s("circle", { class: "number", cx: x, cy: y, r: radius }),
    doubled ? s("circle", { class: "doubled", cx: x, cy: y, r: radius + 2.5 }) : null,
    s("text", { class: inside ? "inside" : "beside", x: inside ? x : x + radius + 3, y: y + 4, "text-anchor": inside ? "middle" : "start" }, String(number)),
    s("title", {}, words),
  );
}

function sentence(row: Theme): string {
  const funders = row.funders.map((one) => `${one.name} ${one.programmes.length}`).join(", ");
  return `${row.name}: ${say("gridNumber", { number: row.number })}${funders ? `; ${funders}` : ""}.`;
}

/** Themes under which no programme is known: by name, in columns. */
function blanks(blank: Kept<Theme>[], room: Room, top: number): { elements: SVGElement[]; end: number } {
  const columns = room.narrow ? 1 : Math.max(1, Math.floor(room.width / 260));
  const wide = room.width / columns;
  const down = Math.ceil(blank.length / columns);
  const elements: SVGElement[] = [
    s("text", { class: "head", x: 0, y: top + 4 }, fitted(say("gridBlank"), room.width, 13, true)),
    ...blank.map((one, at) => {
      const x = Math.floor(at / down) * wide;
      const y = top + 16 + (at % down) * 24;
      return s("g", { "data-key": one.key, "aria-label": `${one.row.name}: ${say("gridBlankOne")}` },
        s("rect", { class: "ground", x, y, width: wide - 8, height: 24 }),
        s("text", { class: "pale", x: x + 4, y: y + 17 }, fitted(one.row.name, wide - 16)));
    }),
  ];
  return { elements, end: top + 16 + down * 24 };
}
