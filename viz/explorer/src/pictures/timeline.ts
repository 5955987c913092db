// The picture for entry_points: programmes in time, the day of the question through them, grouped by what they open.
import { fitted, s, widthOf } from "../dom.ts";
import { look, outline } from "../marks.ts";
import type { Draw, Room } from "../picture.ts";
import type { Named, Row, Shown } from "../types.ts";
import { amount, day, say } from "../words.ts";

interface EntryPoint extends Row {
  programme: {
    id: string; title: string; start: string | null; end: string | null; dates_uncertain: boolean;
    funders: Named[]; implementers: Named[]; amount: number | null; currency: string | null;
  };
  themes: (Named & { how: string; directness: number })[];
}

/** What a written date can mean, in days since 1970; a side without a bound is null. */
export interface Period { first: number | null; last: number | null }

const DAY = 864e5;
const YEAR = 365.25;
const MONTH = 30.44;
// Programmes that began long ago would press all others together.
const MOST_YEARS = 10;
const BAR = 12;
// A date that is rough by fewer pixels is drawn as if it were exact; its words say what it is.
const LEAST = 6;

export const dayOf = (iso: string): number => Date.parse(`${iso.slice(0, 10)}T00:00:00Z`) / DAY;
const yearOf = (at: number): number => new Date(at * DAY).getUTCFullYear();
const newYear = (year: number): number => Date.UTC(year, 0, 1) / DAY;

/** A date as sources write it (`ingest/dates.py`): day, month, year, from/to, years, before, by, after. */
export function period(text: string | null): Period {
  const word = /^(before|by|after) (.*)$/.exec(text ?? "");
  const [from = "", to = from] = (word?.[2] ?? text ?? "").replace(/^(\d{4})\s*[-–]\s*(\d{4})$/, "$1/$2").split("/");
  const first = part(from).first;
  const last = part(to).last;
  if (word?.[1] === "after") return { first: last === null ? null : last + 1, last: null };
  if (word?.[1] === "before") return { first: null, last: first === null ? null : first - 1 };
  if (word?.[1] === "by") return { first: null, last };
  return { first, last };
}

function part(text: string): Period {
  const [, year, month, date] = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?/.exec(text.trim()) ?? [];
  if (!year) return { first: null, last: null };
  // The year alone with a stroke ("2004-") is open at its end.
  if (/^\d{4}\s*[-–]$/.test(text.trim())) return { first: newYear(+year), last: null };
  const first = Date.UTC(+year, month ? +month - 1 : 0, date ? +date : 1) / DAY;
  if (date) return { first, last: first };
  return { first, last: (month ? Date.UTC(+year, +month, 1) / DAY : newYear(+year + 1)) - 1 };
}

interface Placed { key: string; row: EntryPoint; type: string; start: Period; end: Period }
interface Group { theme: string; rows: Placed[] }
interface Frame { room: Room; left: number; x0: number; x1: number; from: number; to: number; asOf: number; step: number }

export const timeline: Draw = (shown, room) => {
  const placed = shown.answer.rows.map((row, at): Placed => {
    const one = row as EntryPoint;
    // The row does not say of what kind it is, but its first reason rests on the programme or plan itself.
    const type = one.features[0]?.records[0]?.type === "ActionPlan" ? "ActionPlan" : "Programme";
    return { key: shown.view.rows[at]?.key ?? "", row: one, type, start: period(one.programme.start), end: period(one.programme.end) };
  });
  const frame = framed(placed, dayOf(shown.answer.as_of), room);
  const legend = legendOf(placed, frame);
  const top = legend.height + 40;
  const lines: SVGElement[] = [];
  let y = top;
  for (const [at, group] of grouped(placed).entries()) {
    lines.push(heading(group, frame, y, at > 0));
    y += 32;
    for (const one of group.rows) {
      lines.push(rowOf(one, group.theme, frame, y));
      y += frame.step;
    }
    y += 8;
  }
  const last = shown.answer.total > placed.length ? say("tlFirstOf", { shown: placed.length, total: shown.answer.total }) : "";
  const height = y + 24 + (last ? 24 : 0);
  const element = s("svg", { class: "tl", width: room.width, height, viewBox: `0 0 ${room.width} ${height}` },
    ...legend.marks, axis(frame, top, y), ...lines, asOfLine(frame, shown, top, y),
    last && s("text", { x: 0, y: height - 6, class: "pale tl-small" }, last),
  );
  return { element };
};

/** Where the columns stand, and which years are drawn. */
function framed(placed: Placed[], asOf: number, room: Room): Frame {
  const starts = placed.flatMap((one) => one.start.first ?? []);
  const ends = placed.flatMap((one) => one.end.last ?? []);
  const from = newYear(yearOf(Math.max(Math.min(asOf - YEAR, ...starts), asOf - MOST_YEARS * YEAR)));
  // Open ends need some room to be seen to be open.
  const open = placed.some((one) => one.end.last === null) ? YEAR : 0;
  const to = newYear(yearOf(Math.min(Math.max(asOf + YEAR, ...ends) + open, asOf + MOST_YEARS * YEAR)) + 1);
  const stacked = room.width < 560;
  const left = stacked ? room.width : Math.min(400, Math.round(room.width * 0.36));
  return { room, left, from, to, asOf, step: stacked ? 64 : 40, x0: stacked ? 4 : left + 16, x1: room.width - (stacked ? 4 : 136) };
}

const stacked = (frame: Frame): boolean => frame.left === frame.room.width;
const at = (frame: Frame, one: number): number =>
  frame.x0 + ((Math.min(Math.max(one, frame.from), frame.to) - frame.from) / (frame.to - frame.from)) * (frame.x1 - frame.x0);

/** By the first theme, the most direct one; in the order of the answer. */
function grouped(placed: Placed[]): Group[] {
  const groups = new Map<string, Group>();
  for (const one of placed) {
    const theme = one.row.themes[0];
    const group = groups.get(theme?.id ?? "") ?? { theme: theme?.name ?? "", rows: [] };
    group.rows.push(one);
    groups.set(theme?.id ?? "", group);
  }
  return [...groups.values()];
}

function heading(group: Group, frame: Frame, y: number, ruled: boolean): SVGElement {
  const count = group.rows.length === 1 ? say("tlProgramme") : say("tlProgrammes", { count: group.rows.length });
  const name = fitted(group.theme, (stacked(frame) ? frame.room.width - 120 : frame.left - 20), 13, true);
  return s("g", { "aria-hidden": "true" },
    ruled && s("path", { class: "line", d: `M0 ${y + 0.5}H${frame.room.width}` }),
    s("path", { d: outline("Theme"), fill: look("Theme").colour, transform: `translate(0 ${y + 11}) scale(.75)` }),
    s("text", { x: 20, y: y + 22, class: "tl-bold" }, name, s("title", {}, group.theme)),
    s("text", { x: frame.room.width, y: y + 22, "text-anchor": "end", class: "pale tl-small" }, count),
  );
}

function rowOf(one: Placed, theme: string, frame: Frame, y: number): SVGElement {
  const { programme } = one.row;
  const { width } = frame.room;
  const narrow = stacked(frame);
  const [sum, left] = [sumOf(one), timeLeft(one, frame.asOf)];
  const uncertain = programme.dates_uncertain ? say("datesUncertain") : "";
  const right = narrow ? [`${left} · ${sum}`] : [sum, left];
  const second = narrow ? y + 52 : y + 33;
  const space = narrow ? width - widthOf(right[0] ?? "", 12) - 16 : frame.left;
  return s("g", { "data-key": one.key, "aria-label": sentence(one, theme, frame.asOf), class: `tl-${one.type}` },
    s("title", {}, `${sentence(one, theme, frame.asOf)}\n${one.row.themes[0]?.how ?? ""}`),
    s("rect", { class: "ground", x: 0, y, width, height: frame.step }),
    s("text", { x: 0, y: y + 16 }, fitted(programme.title, frame.left - (narrow && uncertain ? widthOf(uncertain, 12) + 16 : 0))),
    s("text", { x: 0, y: second, class: "pale tl-small" }, funders(one, space)),
    // Under the bar; where lines are stacked there is room for it only beside the title.
    uncertain && s("text", { x: narrow ? width : uncertainAt(one, frame), y: narrow ? y + 16 : y + 37, "text-anchor": narrow ? "end" : "start", class: "pale tl-small" }, uncertain),
    ...right.map((text, line) => s("text", {
      x: width, y: narrow ? second : y + 16 + 17 * line, "text-anchor": "end", class: line || narrow ? "pale tl-small" : "tl-amount",
    }, text)),
    ...bar(one, frame, narrow ? y + 24 : y + 14),
    narrow && s("path", { class: "tl-asof", d: `M${at(frame, frame.asOf)} ${y + 21}v18` }),
  );
}

const uncertainAt = (one: Placed, frame: Frame): number =>
  Math.min(at(frame, one.start.first ?? frame.from), frame.x1 - widthOf(say("datesUncertain"), 12));

/** Filled where the programme runs by its stated dates, paler before the day; dashed where it may but need not run. */
function bar(one: Placed, frame: Frame, y: number): SVGElement[] {
  const { start, end } = one;
  const known = start.last !== null && end.first !== null;
  // Without an end the time until the day is drawn as gone by, without a start the time from the day on as left.
  const sure = { from: start.last ?? frame.asOf, to: end.first !== null ? end.first : frame.asOf };
  const block = (from: number, to: number, gone: boolean): SVGElement | false => to > from && s("rect", {
    class: gone ? "tl-bar tl-gone" : "tl-bar", x: at(frame, from), y, height: BAR, width: Math.max(1, at(frame, to) - at(frame, from)),
  });
  const parts = [
    block(sure.from, Math.min(sure.to, frame.asOf), true),
    block(Math.max(sure.from, frame.asOf), sure.to, false),
    start.first === null || at(frame, sure.from) - at(frame, start.first) > LEAST ? maybe(frame, y, start.first, known ? Math.min(sure.from, end.last ?? sure.from) : sure.from, "start") : false,
    end.last === null || at(frame, end.last) - at(frame, sure.to) > LEAST ? maybe(frame, y, sure.to, end.last, "end") : false,
    start.first !== null && start.first < frame.from && s("path", { class: "tl-beyond", d: `M${frame.x0 + 7} ${y}l-4 6l4 6` }),
    end.last !== null && end.last > frame.to && s("path", { class: "tl-beyond", d: `M${frame.x1 - 7} ${y}l4 6l-4 6` }),
  ];
  return parts.filter((part): part is SVGElement => Boolean(part));
}

/** A dashed outline, without its end where that is not known. */
function maybe(frame: Frame, y: number, from: number | null, to: number | null, side: "start" | "end"): SVGElement {
  const [x, xx] = [at(frame, from ?? frame.from), at(frame, to ?? frame.to)];
  const [top, bottom] = [y + 0.75, y + BAR - 0.75];
  const cap = side === "start" ? (from === null ? "" : `M${x} ${top}V${bottom}`) : to === null ? "" : `M${xx} ${top}V${bottom}`;
  return s("path", { class: "tl-maybe", d: `M${x} ${top}H${xx}M${x} ${bottom}H${xx}${cap}` });
}

function sumOf(one: Placed): string {
  const { amount: sum, currency } = one.row.programme;
  return sum === null ? say("tlAmountNotStated") : amount(sum, currency);
}

function funders(one: Placed, space: number): string {
  const names = one.row.programme.funders.map((who) => who.name);
  if (!names.length) return fitted(one.type === "ActionPlan" ? say("tlOwnPlan") : say("tlFunderNotStated"), space, 12);
  const all = names.join(", ");
  if (names.length < 2 || widthOf(all, 12) <= space) return fitted(all, space, 12);
  const more = say("tlAndMore", { first: "", more: names.length - 1 });
  return say("tlAndMore", { first: fitted(names[0] ?? "", space - widthOf(more, 12), 12), more: names.length - 1 });
}

/** How long still, in words. */
function timeLeft(one: Placed, asOf: number): string {
  const { first, last } = one.end;
  if (last === null) return say("endsUnknown");
  const months = Math.round((last - asOf) / MONTH);
  const years = Math.floor(months / 12);
  const left = months < 1 ? say("tlUnderMonth") : months === 1 ? say("tlMonthLeft") : months < 24 ? say("tlMonthsLeft", { months })
    : months % 12 ? say("tlOverYears", { years }) : say("tlYearsLeft", { years });
  return first === null || last - first > MONTH * 1.5 ? say("tlUpTo", { left }) : left;
}

function sentence(one: Placed, theme: string, asOf: number): string {
  const { programme, themes } = one.row;
  const who = programme.funders.map((funder) => funder.name).join(", ");
  const runs = [
    programme.start ? say("tlStarts", { day: day(programme.start) }) : say("startsUnknown"),
    programme.end ? `${say("tlEnds", { day: day(programme.end) })}, ${timeLeft(one, asOf)}` : say("endsUnknown"),
    programme.dates_uncertain && say("datesUncertain"),
  ];
  const funded = who ? say("tlFunded", { who }) : one.type === "ActionPlan" ? say("tlOwnPlan") : say("tlFunderNotStated");
  const also = themes.slice(1).map((other) => other.name).join(", ");
  return [programme.title, theme, runs.filter(Boolean).join(" "), funded, sumOf(one), also && say("tlAlso", { themes: also })].filter(Boolean).join(". ") + ".";
}

/** Years along the top and again at the foot: as many as can be read. */
function axis(frame: Frame, top: number, bottom: number): SVGElement {
  const each = (frame.x1 - frame.x0) / ((frame.to - frame.from) / YEAR);
  const every = [1, 2, 5, 10].find((years) => years * each >= 44) ?? 20;
  const years: SVGElement[] = [];
  for (let year = yearOf(frame.from); newYear(year) <= frame.to; year += 1) {
    const x = Math.round(at(frame, newYear(year))) + 0.5;
    if (year % every) continue;
    years.push(s("path", { class: "line", d: `M${x} ${top - 6}V${bottom + 4}` }));
    if (x + 30 > frame.room.width) continue;
    for (const y of [top - 10, bottom + 18]) years.push(s("text", { x: x + 3, y, class: "tl-year" }, String(year)));
  }
  return s("g", { "aria-hidden": "true" }, ...years);
}

function asOfLine(frame: Frame, shown: Shown, top: number, bottom: number): SVGElement {
  const x = at(frame, frame.asOf);
  const words = say("tlAsOf", { day: day(shown.answer.as_of) });
  const half = widthOf(words, 13, true) / 2;
  const middle = Math.max(half, Math.min(x, frame.room.width - half));
  return s("g", { "aria-hidden": "true" },
    s("text", { x: middle, y: top - 28, "text-anchor": "middle", class: "tl-bold" }, words),
    s("path", { class: "tl-asof", d: stacked(frame) ? `M${x} ${top - 24}v24` : `M${x} ${top - 24}V${bottom + 4}` }),
  );
}

function legendOf(placed: Placed[], frame: Frame): { marks: SVGElement[]; height: number } {
  const rect = (gone: boolean) => (x: number, y: number): SVGElement =>
    s("rect", { class: gone ? "tl-bar tl-gone" : "tl-bar", x, y: y - 10, width: 22, height: 10 });
  const dashes = (x: number, y: number): SVGElement => s("path", { class: "tl-maybe", d: `M${x} ${y - 9.25}h22M${x} ${y - 0.75}h22` });
  const kinds = [...new Set(placed.map((one) => one.type))];
  const items: Item[] = [
    { kind: "Programme", words: say("tlGone"), draw: rect(true) }, { kind: "Programme", words: say("tlToRun"), draw: rect(false) },
    { kind: "Programme", words: say("tlOpen"), draw: dashes },
    ...kinds.filter((kind) => kind === "ActionPlan").map((kind): Item => ({ kind, words: say("tlOwnPlan"), draw: rect(false) })),
  ];
  return legend(items, frame.room.width);
}

export interface Item { kind: string; words: string; draw: (x: number, y: number) => SVGElement }

/** Shapes of 22 by 10 with their words, in as many lines as they need. */
export function legend(items: Item[], width: number): { marks: SVGElement[]; height: number } {
  let x = 0;
  let y = 14;
  const marks = items.map(({ kind, words, draw }) => {
    const wide = 28 + widthOf(words, 12);
    if (x && x + wide > width) [x, y] = [0, y + 20];
    const made = s("g", { class: `tl-${kind}`, "aria-hidden": "true" }, draw(x, y), s("text", { x: x + 28, y, class: "pale tl-small" }, words));
    x += wide + 20;
    return made;
  });
  return { marks, height: y + 10 };
}
