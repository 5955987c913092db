// The picture for clashes: a calendar, and on each line two events that collide and what they have in common.
import { fitted, s, widthOf, wrapped } from "../dom.ts";
import { look, outline } from "../marks.ts";
import type { Draw } from "../picture.ts";
import type { Named, Row, StateName } from "../types.ts";
import { say } from "../words.ts";
import { dayOf, legend, type Item } from "./timeline.ts";

interface Event {
  id: string; type: string; kind: string; title: string; first: string; last: string; date_text: string;
}
interface Clash extends Row {
  collide: "days" | "quarter";
  events: [Event, Event];
  apart: number;
  states: StateName[];
  organisations: Named[];
  providers: Named[];
  themes: Named[];
  regions: Named[];
  through: Named[];
  suggestion: string;
}

interface Placed { key: string; row: Clash; type: string; whom: string }
/** Months in which something happens, one after the other; what lies between two runs is folded away. */
interface Run { from: number; months: number; x: number }
interface Calendar { runs: Run[]; each: number; x0: number; x1: number; stacked: boolean; left: number; width: number }

const DAY = 864e5;
const FOLD = 14;
// Fewer empty months than that are drawn: to fold them would hide more than it spares.
const FOLD_FROM = 2;
const LANE = 20;
const BAR = 10;

const monthOf = (at: number): number => { const day = new Date(at * DAY); return day.getUTCFullYear() * 12 + day.getUTCMonth(); };
const monthStart = (month: number): number => Date.UTC(Math.floor(month / 12), month % 12, 1) / DAY;
const exact = (event: Event): boolean => /^\d{4}-\d{2}-\d{2}(\/\d{4}-\d{2}-\d{2})?$/.test(event.date_text);

export const clashes: Draw = (shown, room) => {
  const placed = together(shown.answer.rows.map((row, at) => ({ key: shown.view.rows[at]?.key ?? "", row: row as Clash, ...whomOf(row as Clash) })));
  const calendar = calendarOf(placed, room.width);
  const key = legendOf(placed, calendar);
  const step = 2 * LANE + (calendar.stacked ? 64 : 16);
  const top = key.height + 44;
  const bottom = top + placed.length * step;
  const left = shown.answer.total - placed.length;
  const height = bottom + 40 + (left > 0 ? 24 : 0);
  const element = s("svg", { class: "cl", width: room.width, height, viewBox: `0 0 ${room.width} ${height}` },
    ...key.marks, axis(calendar, top, bottom),
    ...placed.map((one, at) => rowOf(one, calendar, top + at * step, step, placed[at - 1])),
    left > 0 && s("text", { x: 0, y: height - 6, class: "pale tl-small" }, say("tlFirstOf", { shown: placed.length, total: shown.answer.total })),
  );
  return { element };
};

/** Whom both call on; where nobody, what else stands around both. */
function whomOf(row: Clash): { type: string; whom: string } {
  const [state, organisation, through, region] = [row.states, row.organisations, row.through, row.regions];
  const names = (those: (Named | StateName)[]): string => those.map((one) => one.name).join(", ");
  if (state.length || organisation.length) return { type: state.length ? "State" : "Organisation", whom: names([...state, ...organisation]) };
  if (through.length) return { type: "Organisation", whom: say("clThrough", { who: names(through) }) };
  if (region.length) return { type: "Region", whom: names(region) };
  return { type: "Theme", whom: say("clNothing") };
}

/** Those of one State or invitee stand together, where the first of them stands in the answer. */
function together(placed: Placed[]): Placed[] {
  const groups = new Map<string, Placed[]>();
  for (const one of placed) {
    const first = one.row.states[0]?.name ?? one.row.organisations[0]?.name ?? one.whom;
    groups.set(first, [...(groups.get(first) ?? []), one]);
  }
  return [...groups.values()].flat();
}

function calendarOf(placed: Placed[], width: number): Calendar {
  const busy = new Set<number>();
  for (const { events } of placed.map((one) => one.row)) {
    for (const event of events) for (let month = monthOf(dayOf(event.first)); month <= monthOf(dayOf(event.last)); month += 1) busy.add(month);
  }
  const runs: Run[] = [];
  for (const month of [...busy].sort((a, b) => a - b)) {
    const last = runs.at(-1);
    if (last && month - (last.from + last.months) < FOLD_FROM) last.months = month - last.from + 1;
    else runs.push({ from: month, months: 1, x: 0 });
  }
  const stacked = width < 560;
  const left = stacked ? 0 : Math.max(184, Math.min(240, Math.round(width * 0.26)));
  const [x0, x1] = [left + (stacked ? 0 : 16), width];
  const months = runs.reduce((sum, run) => sum + run.months, 0);
  const each = (x1 - x0 - FOLD * (runs.length - 1)) / Math.max(1, months);
  let x = x0;
  for (const run of runs) { run.x = x; x += run.months * each + FOLD; }
  return { runs, each, x0, x1, stacked, left, width };
}

/** Where a day begins. */
function at(calendar: Calendar, one: number): number {
  const month = monthOf(one);
  const run = [...calendar.runs].reverse().find((those) => those.from <= month) ?? calendar.runs[0];
  if (!run) return calendar.x0;
  const within = (one - monthStart(month)) / (monthStart(month + 1) - monthStart(month));
  return run.x + Math.min(run.months, month - run.from + within) * calendar.each;
}

interface Box { x: number; wide: number; y: number }

function rowOf(one: Placed, calendar: Calendar, y: number, step: number, before: Placed | undefined): SVGElement {
  const { row } = one;
  const { stacked, width } = calendar;
  const lanes = y + (stacked ? 28 : 8);
  const boxes = row.events.map((event, at) => boxOf(calendar, event, lanes + at * LANE));
  return s("g", { "data-key": one.key, "aria-label": sentence(one) },
    s("title", {}, `${sentence(one)} ${row.suggestion}`),
    s("rect", { class: "ground", x: 0, y, width, height: step }),
    before && s("path", { class: "line", d: `M${before.whom === one.whom && !stacked ? calendar.x0 : 0} ${y + 0.5}H${width}` }),
    ...common(one, calendar, y),
    link(row, calendar, boxes[0] as Box, boxes[1] as Box),
    ...row.events.flatMap((event, lane) => eventMarks(event, boxes[lane] as Box, calendar, stacked ? y + 28 + 2 * LANE + 14 + 17 * lane : 0)),
  );
}

/** What the two have in common: whom they call on, and in words how near they are. */
function common(one: Placed, calendar: Calendar, y: number): SVGElement[] {
  const { stacked, width, left } = calendar;
  const near = nearness(one.row);
  const room = (stacked ? width - widthOf(near, 12) - 16 : left) - 20;
  const [first = "", second = ""] = wrapped(one.whom, room, stacked ? 1 : 2, 13, true);
  const about = one.row.themes.map((theme) => theme.name).join(", ");
  const under = stacked || second ? "" : fitted(about, room, 12);
  return [
    s("path", { d: outline(one.type), fill: look(one.type).colour, transform: `translate(0 ${y + 9}) scale(.75)` }),
    s("text", { x: 20, y: y + 20, class: "tl-bold" }, first),
    s("text", { x: 20, y: y + 36, class: second ? "tl-bold" : "pale tl-small" }, second || under),
    s("text", { x: stacked ? width : 20, y: stacked ? y + 20 : y + (second || under ? 51 : 36), "text-anchor": stacked ? "end" : "start", class: "pale tl-small" }, near),
  ];
}

function boxOf(calendar: Calendar, event: Event, y: number): Box {
  const x = at(calendar, dayOf(event.first));
  return { x, wide: Math.max(3, at(calendar, dayOf(event.last) + 1) - x), y: y + (LANE - BAR) / 2 };
}

/** The bar of an event, filled where its days are known; its days and its title beside the bar, or below the lanes. */
function eventMarks(event: Event, box: Box, calendar: Calendar, below: number): SVGElement[] {
  const { stacked, width, x0 } = calendar;
  const bar = exact(event)
    ? s("rect", { class: `tl-bar tl-${event.type}`, x: box.x, y: box.y, width: box.wide, height: BAR })
    : s("rect", { class: `tl-maybe tl-${event.type}`, x: box.x + 0.75, y: box.y + 0.75, width: Math.max(3, box.wide - 1.5), height: BAR - 1.5 });
  const when = days(event);
  if (stacked) {
    const room = width - widthOf(when, 12) - 16;
    return [bar, s("text", { x: 0, y: below, class: "tl-small" }, fitted(event.title, room, 12)), s("text", { x: width, y: below, "text-anchor": "end", class: "pale tl-small" }, when)];
  }
  const right = width - (box.x + box.wide + 8) >= box.x - 8 - x0;
  const room = right ? width - (box.x + box.wide + 8) : box.x - 8 - x0;
  const title = fitted(event.title, room - widthOf(`${when}  `, 12), 12);
  const text = s("text", { x: right ? box.x + box.wide + 8 : box.x - 8, y: box.y + BAR - 1, "text-anchor": right ? "start" : "end", class: "tl-small" },
    s("tspan", { class: "cl-when" }, when), `  ${title}`);
  return [bar, text];
}

/** A block from one to the other over the days they share, or a dotted way from the one to the other. */
function link(row: Clash, calendar: Calendar, a: Box, b: Box): SVGElement {
  const [top, bottom] = [a.y + BAR, b.y];
  if (row.collide === "days") {
    const from = Math.max(a.x, b.x);
    const to = Math.min(a.x + a.wide, b.x + b.wide);
    return s("rect", { class: "cl-days", x: Math.min(from, to), y: top, width: Math.max(3, Math.abs(to - from)), height: bottom - top });
  }
  const middle = (top + bottom) / 2;
  const overlap = a.x + a.wide > b.x;
  const x = overlap ? Math.min(Math.max(a.x, b.x) + 1.5, calendar.x1 - 1) : a.x + a.wide - 1;
  return s("path", { class: "cl-quarter", d: overlap ? `M${x} ${top}V${bottom}` : `M${x} ${top}V${middle}H${b.x + 1}V${bottom}` });
}

function nearness(row: Clash): string {
  if (row.collide === "days") return say(row.apart ? "clNextDay" : "clSameDays");
  const rough = !row.events.every(exact);
  if (!row.apart) return say(rough ? "clPerhaps" : "clSameDays");
  const between = row.apart === 2 ? say("clOneBetween") : row.apart === 1 ? say("clNextDay") : say("clBetween", { days: row.apart - 1 });
  return rough && row.apart > 1 ? say("clAtLeast", { between }) : between;
}

/** The days of an event, such as `6–10 Feb 2017`; the month where no more is known. */
function days(event: Event): string {
  const language = document.documentElement.lang;
  const style: Intl.DateTimeFormatOptions = { month: "short", year: "numeric", timeZone: "UTC", ...(exact(event) ? { day: "numeric" } : {}) };
  const written = new Intl.DateTimeFormat(language === "en" ? "en-GB" : language, style);
  return written.formatRange(new Date(dayOf(event.first) * DAY), new Date(dayOf(event.last) * DAY));
}

function sentence(one: Placed): string {
  const { row } = one;
  const told = row.events.map((event) => `${event.title} (${event.kind}), ${days(event)}`).join("; ");
  const names = (those: Named[]): string => those.map((each) => each.name).join(", ");
  const shared = [one.whom, row.providers.length && say("clHeld", { who: names(row.providers) }), row.themes.length && say("clThemes", { themes: names(row.themes) })];
  return `${shared.filter(Boolean).join("; ")}: ${told}. ${nearness(row)}.`;
}

/** Years and months along the top, as many as can be read; strokes where months are folded away. */
function axis(calendar: Calendar, top: number, bottom: number): SVGElement {
  const { each, runs } = calendar;
  const short = new Intl.DateTimeFormat(document.documentElement.lang, { month: each >= 30 ? "short" : "narrow", timeZone: "UTC" });
  const made: SVGElement[] = [];
  let [free, told] = [-1, 0];
  for (const [index, run] of runs.entries()) {
    for (let month = run.from; month <= run.from + run.months; month += 1) {
      const x = Math.round(run.x + (month - run.from) * each) + 0.5;
      const inside = month < run.from + run.months;
      // Where months are narrow, a line for each would lie under every text.
      if (each >= 12 || month === run.from || !inside || month % 12 === 0) made.push(s("path", { class: "line", d: `M${Math.min(x, calendar.x1 - 0.5)} ${top - 4}V${bottom}` }));
      const year = Math.floor(month / 12);
      if (inside && year !== told && x >= free) {
        made.push(s("text", { x, y: top - 24, class: "tl-bold tl-small" }, String(year)));
        [free, told] = [x + widthOf(String(year), 12, true) + 6, year];
      }
      if (inside && each >= 12) made.push(s("text", { x: x + each / 2, y: top - 8, "text-anchor": "middle", class: "tl-year" }, short.format(new Date(monthStart(month) * DAY))));
    }
    if (index) made.push(fold(run.x - FOLD / 2, top - 12), fold(run.x - FOLD / 2, bottom + 8));
  }
  return s("g", { "aria-hidden": "true" }, ...made);
}

const fold = (x: number, y: number): SVGElement => s("path", { class: "cl-fold", d: `M${x - 4} ${y + 5}l4 -10M${x} ${y + 5}l4 -10` });

function legendOf(placed: Placed[], calendar: Calendar): { marks: SVGElement[]; height: number } {
  const kinds = [...new Set(placed.flatMap((one) => one.row.events.map((event) => event.type)))].sort();
  const block = (x: number, y: number): SVGElement => s("rect", { class: "tl-bar", x, y: y - 10, width: 22, height: BAR });
  const items: Item[] = [
    ...kinds.map((kind): Item => ({ kind, words: look(kind).words, draw: block })),
    { kind: "plain", words: say("clKnownMonth"), draw: (x, y) => s("rect", { class: "tl-maybe", x: x + 0.75, y: y - 9.25, width: 20.5, height: BAR - 1.5 }) },
    { kind: "plain", words: say("clLinkDays"), draw: (x, y) => s("rect", { class: "cl-days", x: x + 7, y: y - 10, width: 8, height: BAR }) },
    { kind: "plain", words: say("clLinkQuarter"), draw: (x, y) => s("path", { class: "cl-quarter", d: `M${x + 1} ${y - 10}v5h20v5` }) },
  ];
  if (calendar.runs.length > 1) items.push({ kind: "plain", words: say("clFolded"), draw: (x, y) => fold(x + 11, y - 5) });
  return legend(items, calendar.width);
}
