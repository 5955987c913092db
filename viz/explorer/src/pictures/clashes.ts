// The picture for clashes: a strip of time in which each collision has a line with its two events.
import { fitted, s } from "../dom.ts";
import type { Draw, Room } from "../picture.ts";
import type { Named, Row, StateName } from "../types.ts";
import { day, say } from "../words.ts";

interface Held { id: string; title: string; kind: string; first: string; last: string }
interface Clash extends Row {
  collide: string; events: Held[]; apart: number;
  states: StateName[]; organisations: Named[]; providers: Named[]; themes: Named[];
}
interface Frame { room: Room; left: number; right: number; x: (iso: string) => number; ticks: { at: number; text: string }[] }

const LINE = 48;
const DAY = 864e5;
const LEAST = 4;

export const clashes: Draw = (shown, room) => {
  const rows = (shown.answer.rows as Clash[]).map((row, at) => ({ row, key: shown.view.rows[at]?.key ?? "" }));
  const frame = framed(rows.map((one) => one.row), room);
  const top = 56;
  const height = top + rows.length * LINE + 8;
  return {
    element: s("svg", { class: "clashes", width: room.width, height, viewBox: `0 0 ${room.width} ${height}` },
      ...legend(room),
      ...rows.map((one, at) => line(one.row, one.key, frame, top + at * LINE)),
      ...frame.ticks.map((tick) => s("g", {},
        s("line", { class: "tick", x1: tick.at, x2: tick.at, y1: top, y2: height - 8 }),
        s("text", { class: "pale", x: tick.at + 4, y: top - 6 }, tick.text))),
    ),
  };
};

function framed(rows: Clash[], room: Room): Frame {
  const left = room.narrow ? Math.round(room.width * 0.4) : 300;
  const right = room.narrow ? 0 : 200;
  const days = rows.flatMap((row) => row.events.flatMap((one) => [Date.parse(one.first), Date.parse(one.last) + DAY]));
  const from = Math.min(...days);
  const to = Math.max(...days);
  const scale = (room.width - left - right - LEAST) / Math.max(DAY, to - from);
  const x = (iso: string): number => left + (Date.parse(iso) - from) * scale;
  const years = new Date(to).getUTCFullYear() - new Date(from).getUTCFullYear();
  const months = years > 2 ? 12 : years ? 6 : 1;
  const ticks: Frame["ticks"] = [];
  const begin = new Date(from);
  for (let at = new Date(Date.UTC(begin.getUTCFullYear(), 0, 1)); at.getTime() < to; at.setUTCMonth(at.getUTCMonth() + months)) {
    const iso = at.toISOString().slice(0, 10);
    if (at.getTime() >= from) ticks.push({ at: x(iso), text: months === 12 ? iso.slice(0, 4) : day(iso).replace(/^1 /, "") });
  }
  return { room, left, right, x, ticks };
}

function line(row: Clash, key: string, frame: Frame, y: number): SVGElement {
  const { room, left } = frame;
  const common = [...row.states, ...row.organisations, ...row.providers].map((one) => one.name).join(", ");
  const themes = row.themes.map((one) => one.name).join(", ");
  const bars = row.events.map((one, at) => {
    const x1 = frame.x(one.first);
    const x2 = Math.max(x1 + LEAST, frame.x(new Date(Date.parse(one.last) + DAY).toISOString().slice(0, 10)));
    return s("rect", { class: at ? "second" : "first", x: x1, y: y + 12 + at * 14, width: x2 - x1, height: 8 },
      s("title", {}, `${one.title}, ${dates(one)}`));
  });
  const starts = row.events.map((one) => frame.x(one.first));
  const same = row.collide === "days";
  return s("g", { "data-key": key, "aria-label": `${common || themes}: ${row.events.map((one) => `${one.title}, ${dates(one)}`).join("; ")}. ${say(same ? "clashesDays" : "clashesQuarter")}.` },
    s("rect", { class: "ground", x: 0, y, width: room.width, height: LINE }),
    s("line", { class: "line", x1: 0, x2: room.width, y1: y, y2: y }),
    s("text", { x: 0, y: y + 20 }, fitted(common || themes, left - 16), s("title", {}, common || themes)),
    s("text", { class: "pale small", x: 0, y: y + 37 }, fitted(row.events.map((one) => one.title).join(" · "), left - 24, 11), s("title", {}, row.events.map((one) => one.title).join("; "))),
    s("path", { class: same ? "days" : "quarter", d: `M${Math.min(...starts)} ${y + 23}H${Math.max(...starts) + LEAST}` }),
    ...bars,
    ...(frame.right ? row.events.map((one, at) => s("text", { class: "pale small", x: room.width, y: y + 20 + at * 15, "text-anchor": "end" }, dates(one))) : []),
  );
}

const dates = (one: Held): string => (one.first === one.last ? day(one.first) : `${day(one.first)} – ${day(one.last)}`);

function legend(room: Room): SVGElement[] {
  const marks: SVGElement[] = [
    s("rect", { class: "first", x: 0, y: 6, width: 20, height: 8 }), s("rect", { class: "second", x: 24, y: 6, width: 20, height: 8 }),
    s("text", { class: "pale", x: 52, y: 14 }, fitted(say("clashesTwo"), room.width - 60)),
  ];
  return [s("g", { "aria-hidden": "true" }, ...marks)];
}
