// The picture for overlap: themes × funders, filled by the number of programmes; what is known of none stands below.
import { fitted, s, widthOf, wrapped } from "../dom.ts";
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
/** `others` are the funders without a column of their own; `heads` the words over the columns, as far as there is room. */
interface Frame { room: Room; left: number; cell: number; right: number; columns: Backer[]; others: Set<string>; heads: string[]; legend: SVGElement[]; top: number }

const LINE = 36;
const MOST_RADIUS = 11;
const LEAST_CELL = 36;
const LONGEST_HEAD = 170;
const OTHERS = "";

export const grid: Draw = (shown, room) => {
  const { themes, providers } = kept(shown);
  const filled = themes.filter((one) => one.row.number > 0);
  const blank = themes.filter((one) => !one.row.number);
  const most = Math.max(1, ...filled.flatMap((one) => one.row.funders.map((two) => two.programmes.length)));
  const frame = framed(filled, room, legend(filled, most, room.width));
  const drawn: SVGElement[] = [...frame.legend, ...headings(frame, providers, filled.length), ...filled.map((one, at) => line(one, frame, frame.top + at * LINE, most))];
  let y = frame.top + filled.length * LINE + 8;
  const notes = filled.some((one) => one.row.doubling.length) ? wrapped(say("gridDoubling"), room.width, 3) : [];
  for (const text of notes) { y += 20; drawn.push(s("text", { class: "pale", x: 0, y }, text)); }
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

/** Funders by name; where there is no room for all, those with most programmes, and the others together in the last. */
function framed(filled: Kept<Theme>[], room: Room, above: { elements: SVGElement[]; height: number }): Frame {
  const found = new Map<string, Backer>();
  for (const one of filled.flatMap(({ row }) => row.funders)) {
    const before = found.get(one.id)?.programmes ?? [];
    found.set(one.id, { ...one, programmes: [...new Set([...before, ...one.programmes])] });
  }
  const names = Math.max(0, ...filled.map(({ row }) => widthOf(row.name))) + 16;
  const left = Math.round(Math.min(names, room.narrow ? room.width * 0.42 : 260));
  const right = room.narrow ? 0 : Math.round(Math.max(widthOf(say("gridWhole"), 11), ...filled.flatMap(({ row }) => [widthOf(money(row)), widthOf(until(row), 11)]))) + 16;
  const fit = Math.max(2, Math.floor((room.width - left - right) / LEAST_CELL));
  const most = [...found.values()].sort((a, b) => b.programmes.length - a.programmes.length || a.name.localeCompare(b.name));
  const own = most.slice(0, found.size > fit ? fit - 1 : fit).sort((a, b) => a.name.localeCompare(b.name));
  const others = most.filter((one) => !own.includes(one));
  const columns = others.length ? [...own, { id: OTHERS, name: say("gridOthers", { count: others.length }), programmes: [] }] : own;
  const cell = Math.min(56, Math.floor((room.width - left - right) / Math.max(1, columns.length)));
  const heads = columns.map((one, at) => fitted(one.name, headRoom(room, left + at * cell + cell / 2, right)));
  const longest = Math.max(0, ...heads.map((one) => widthOf(one)));
  const top = above.height + Math.round(longest * (room.narrow ? 1 : 0.72)) + 24;
  return { room, left, right, cell, columns, others: new Set(others.map((one) => one.id)), heads, legend: above.elements, top };
}

/** How long a head may be: upright ones as long as any, leaning ones only as far as the edge, or the column of amounts. */
const headRoom = (room: Room, x: number, right: number): number =>
  room.narrow ? LONGEST_HEAD : Math.min(LONGEST_HEAD, (room.width - x - (right ? right / 3 : 0)) / 0.71 - 8);

/** What size and ring mean. */
function legend(filled: Kept<Theme>[], most: number, width: number): { elements: SVGElement[]; height: number } {
  if (!filled.length) return { elements: [], height: 0 };
  const samples: { words: string; number: number; ring: boolean }[] = [{ words: say("gridOne"), number: 1, ring: false }];
  if (most > 1) samples.push({ words: say("gridMost", { number: most }), number: most, ring: false });
  if (filled.some((one) => one.row.doubling.length)) samples.push({ words: say("gridRing"), number: 1, ring: true });
  const elements: SVGElement[] = [];
  let [x, y] = [0, 16];
  for (const { words, number, ring } of samples) {
    const wide = 2 * MOST_RADIUS + 12 + widthOf(words) + 24;
    if (x && x + wide > width) { x = 0; y += 2 * MOST_RADIUS + 4; }
    elements.push(dot(x + MOST_RADIUS, y, radiusOf(number, most), ring), s("text", { class: "pale", x: x + 2 * MOST_RADIUS + 10, y: y + 4 }, words));
    x += wide;
  }
  return { elements, height: y + 16 };
}

function headings(frame: Frame, providers: Map<string, string>, lines: number): SVGElement[] {
  const heads = frame.columns.map((one, at) => {
    const x = frame.left + at * frame.cell + frame.cell / 2;
    const y = frame.top - 8;
    const key = providers.get(one.id);
    const [turn, across] = frame.room.narrow ? [-90, x + 4] : [-45, x];
    const label = s("text", { x: across, y, transform: `rotate(${turn} ${across} ${y})` }, frame.heads[at] ?? "", s("title", {}, one.name));
    if (!key) return label;
    return s("g", { "data-key": key, "aria-label": say("gridProvider", { name: one.name, programmes: one.programmes.length }) },
      s("rect", { class: "ground", x: x - frame.cell / 2, y: y - 6, width: frame.cell, height: lines * LINE + 14 }), label);
  });
  if (frame.right) heads.push(s("text", { class: "pale small", x: frame.room.width, y: frame.top - 8, "text-anchor": "end" }, say("gridWhole")));
  return heads;
}

const money = (row: Theme): string => row.amounts.map((one) => amount(one.amount, one.currency)).slice(0, 1).join("");
const until = (row: Theme): string => (row.until ? say("gridUntil", { date: day(row.until) }) : "");

/** How many programmes of a theme stand under a column. */
function counted(row: Theme, column: Backer, others: Set<string>): number {
  if (column.id !== OTHERS) return row.funders.find((one) => one.id === column.id)?.programmes.length ?? 0;
  return new Set(row.funders.filter((one) => others.has(one.id)).flatMap((one) => one.programmes)).size;
}

function line(one: Kept<Theme>, frame: Frame, y: number, most: number): SVGElement {
  const { row } = one;
  const middle = y + LINE / 2;
  const doubled = new Set(row.doubling.filter((two) => two.role === "fund").flatMap((two) => two.partners.map((three) => three.id)));
  const end = frame.left + frame.columns.length * frame.cell;
  return s("g", { "data-key": one.key, "aria-label": sentence(row) },
    s("rect", { class: "ground", x: 0, y, width: frame.room.width, height: LINE }),
    s("line", { class: "line", x1: 0, x2: frame.right ? frame.room.width : end, y1: y, y2: y }),
    s("text", { x: 0, y: middle + 5 }, fitted(row.name, frame.left - 12), s("title", {}, row.name)),
    ...frame.columns.map((column, at) => {
      const number = counted(row, column, frame.others);
      const ring = doubled.has(column.id) || (column.id === OTHERS && [...doubled].some((id) => frame.others.has(id)));
      return number ? circle(frame.left + at * frame.cell + frame.cell / 2, middle, number, most, ring, `${row.name}, ${column.name}: ${say("gridNumber", { number })}`) : null;
    }),
    frame.right ? s("text", { x: frame.room.width, y: middle - 1, "text-anchor": "end" }, money(row)) : null,
    frame.right ? s("text", { class: "pale small", x: frame.room.width, y: middle + 13, "text-anchor": "end" }, until(row)) : null,
  );
}

const radiusOf = (number: number, most: number): number => Math.max(4, MOST_RADIUS * Math.sqrt(Math.min(1, number / most)));

function dot(x: number, y: number, radius: number, ring: boolean): SVGElement {
  return s("g", {}, s("circle", { class: "number", cx: x, cy: y, r: radius }), ring ? s("circle", { class: "doubled", cx: x, cy: y, r: radius + 2.5 }) : null);
}

function circle(x: number, y: number, number: number, most: number, ring: boolean, words: string): SVGElement {
  const radius = radiusOf(number, most);
  const inside = radius >= 8;
  return s("g", {}, dot(x, y, radius, ring),
    s("text", { class: inside ? "inside" : "beside", x: inside ? x : x + radius + (ring ? 6 : 3), y: y + 4, "text-anchor": inside ? "middle" : "start" }, String(number)),
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
  const head = wrapped(say("gridBlank"), room.width, 3, 13, true);
  const first = top + 16 + (head.length - 1) * 18;
  const elements: SVGElement[] = [
    ...head.map((text, at) => s("text", { class: "head", x: 0, y: top + 4 + at * 18 }, text)),
    ...blank.map((one, at) => {
      const x = Math.floor(at / down) * wide;
      const y = first + (at % down) * 24;
      return s("g", { "data-key": one.key, "aria-label": `${one.row.name}: ${say("gridBlankOne")}` },
        s("rect", { class: "ground", x, y, width: wide - 8, height: 24 }),
        s("text", { class: "pale", x: x + 4, y: y + 17 }, fitted(one.row.name, wide - 16)));
    }),
  ];
  return { elements, end: first + down * 24 };
}
