// The picture for pools: for each, three columns of who could sit at one table. Names in their order, nobody ranked.
import { fitted, s, widthOf, wrapped } from "../dom.ts";
import { outline, look } from "../marks.ts";
import type { Draw, Room } from "../picture.ts";
import type { Named, Row, StateName } from "../types.ts";
import { say } from "../words.ts";

interface Pool extends Row {
  id: string; name: string; kind: string;
  conveners: Named[];
  experience: StateName[];
  need: StateName[];
  offers: { partner: Named; basis: string }[];
}
/** `told` is what stands after the name; one without a type is a heading: of those whose offers nobody made to the Committee. */
interface Entry { text: string; type: string; told: string; words: string }

const LINE = 20;
const MOST = 10;
const CODE = /^[A-Z]{3}$/;

export const pools: Draw = (shown, room) => {
  const drawn: SVGElement[] = [];
  let y = 0;
  for (const [at, row] of (shown.answer.rows as Pool[]).entries()) {
    const band = bandOf(row, shown.view.rows[at]?.key ?? "", room, y);
    drawn.push(band.element);
    y += band.height + 12;
  }
  return { element: s("svg", { class: "pools", width: room.width, height: y, viewBox: `0 0 ${room.width} ${y}` }, ...drawn) };
};

function bandOf(row: Pool, key: string, room: Room, top: number): { element: SVGElement; height: number } {
  const wide = room.narrow ? room.width : Math.floor(room.width / 3);
  const conveners = row.conveners.map((one) => one.name).join(", ");
  const told = conveners ? wrapped(say("poolsConvene", { who: conveners }), room.width - 16, 2) : [];
  const parts: SVGElement[] = [
    s("text", { class: "head", x: 0, y: top + 24 }, fitted(`${row.name} · ${row.kind}`, room.width - 16, 14, true)),
    ...told.map((text, at) => s("text", { class: "pale", x: 0, y: top + 44 + at * LINE }, text)),
  ];
  const begin = top + 36 + told.length * LINE;
  let height = 0;
  for (const [at, [title, entries]] of columnsOf(row).entries()) {
    const x = room.narrow ? 0 : at * wide;
    const y = room.narrow ? begin + height : begin;
    const column = columnOf(title, entries, x, y, wide - 24);
    parts.push(...column.elements);
    height = room.narrow ? height + column.height : Math.max(height, column.height);
  }
  const total = begin - top + height + 4;
  return {
    element: s("g", { "data-key": key, "aria-label": sentence(row) },
      s("rect", { class: "ground", x: 0, y: top, width: room.width, height: total }),
      s("line", { class: "line", x1: 0, x2: room.width, y1: top + 0.5, y2: top + 0.5 }), ...parts),
    height: total,
  };
}

function columnsOf(row: Pool): [string, Entry[]][] {
  const need = new Set(row.need.map((one) => one.iso3));
  const experienced = new Set(row.experience.map((one) => one.iso3));
  const state = (one: StateName, others: Set<string>): Entry => ({ text: one.name, type: "State", told: others.has(one.iso3) ? say("poolsBoth") : "", words: one.name });
  const partners = new Map(row.offers.map((one) => [one.partner.id, one]));
  const of = (basis: string): Entry[] => [...partners.values()].filter((one) => one.basis === basis)
    .map(({ partner }) => ({ text: partner.name, type: CODE.test(partner.id) ? "State" : "Organisation", told: "", words: partner.name }));
  const known = of("programme");
  return [
    [say("poolsExperience", { count: row.experience.length }), row.experience.map((one) => state(one, need))],
    [say("poolsNeed", { count: row.need.length }), row.need.map((one) => state(one, experienced))],
    [say("poolsOffer", { count: partners.size }), [...of("offer"), ...(known.length ? [{ text: say("poolsKnown"), type: "", told: "", words: "" }, ...known] : [])]],
  ];
}

function columnOf(title: string, entries: Entry[], x: number, y: number, wide: number): { elements: SVGElement[]; height: number } {
  const shown = entries.length > MOST + 1 ? entries.slice(0, MOST) : entries;
  const more = entries.slice(shown.length).filter((one) => one.type).length;
  const elements: SVGElement[] = [s("text", { class: "title", x, y: y + 16 }, fitted(title, wide, 13, true))];
  for (const [at, one] of shown.entries()) {
    const line = y + 16 + (at + 1) * LINE;
    if (!one.type) { elements.push(s("text", { class: "pale", x, y: line }, one.text)); continue; }
    // The name gives way to what is told of it, which is short and which nothing else says.
    const told = one.told ? ` · ${one.told}` : "";
    const text = fitted(one.text, wide - 18 - (told ? widthOf(told) : 0));
    elements.push(
      s("path", { class: "kind", d: outline(one.type), transform: `translate(${x} ${line - 10}) scale(0.65)`, fill: look(one.type).colour }),
      s("text", { x: x + 18, y: line }, text, told ? s("tspan", { class: "pale" }, told) : null, s("title", {}, `${one.words}${told}`)),
    );
  }
  if (more) elements.push(s("text", { class: "pale", x: x + 18, y: y + 16 + (shown.length + 1) * LINE }, say("andMore", { more })));
  if (!entries.length) elements.push(s("text", { class: "pale", x, y: y + 16 + LINE }, say("poolsNobody")));
  return { elements, height: 28 + Math.max(1, shown.length + (more ? 1 : 0)) * LINE };
}

function sentence(row: Pool): string {
  const names = (list: StateName[]): string => list.map((one) => one.name).join(", ");
  const partners = new Map(row.offers.map((one) => [one.partner.id, one]));
  const offers = [...partners.values()].map((one) => one.partner.name + (one.basis === "programme" ? ` (${say("poolsKnown")})` : "")).join(", ");
  return `${row.name}. ${say("poolsExperience", { count: row.experience.length })}: ${names(row.experience)}. ${say("poolsNeed", { count: row.need.length })}: ${names(row.need)}. ${say("poolsOffer", { count: partners.size })}: ${offers}.`;
}
