// The picture for clearing: open needs on the left, partners on the right, the plan as bands between them.
import { fitted, s, widthOf, wrapped } from "../dom.ts";
import { day, number, say } from "../words.ts";
import type { Draw, Room } from "../picture.ts";
import type { Named, Row } from "../types.ts";
import { flow, glyph, marked } from "./bars.ts";

interface Need { id: string; subject: string; kind: "request" | "plan"; stated_in: string; of: Named[]; date: string | null; note: string | null }
interface Matched extends Named { kind: string; score: number; through: Named[] }
interface Clearing extends Row {
  need: Need;
  themes: Named[];
  partner: Matched | null;
  runner_up: (Named & { score: number; why: string }) | null;
  unmet: string | null;
  changes: string[];
}

/** A need with its key, its lines of text and where they stand. */
interface Left { row: Clearing; key: string; lines: string[]; y: number; height: number }
/** A partner: the needs that it would take, and where it stands; without needs it is a runner-up alone. */
interface Right { id: string; name: string; kind: string; lines: string[]; through: string[]; needs: Left[]; next: Left[]; y: number; height: number }
/** Where the texts end on the left and start on the right. */
interface Places { left: number; right: number; width: number; narrow: boolean }

const LINE = 17;
const SLOT = 18;

export const clearing: Draw = (shown, room) => {
  const rows = shown.answer.rows as Clearing[];
  const keyed = rows.map((row, at) => ({ row, key: shown.view.rows[at]?.key ?? "" }));
  const at = places(room);
  const head = heading(room, at, rows);
  const met = uncrossed(keyed.filter(({ row }) => row.partner));
  const needs = lefts(met, at, head.height);
  const partners = rights(needs.found, at, head.height);
  const bottom = Math.max(needs.bottom, ...partners.map((one) => one.y + one.height)) + 24;
  const rest = unmet(keyed.filter(({ row }) => !row.partner), room, bottom);
  const height = rest.height;
  return {
    element: s(
      "svg", { class: "clearing", width: room.width, height, viewBox: `0 0 ${room.width} ${height}` },
      ...head.elements, ...needs.headings, ...partners.map((one) => partner(one, at)),
      ...needs.found.map((one) => need(one, partners, at)), ...rest.elements,
    ),
  };
};

function places(room: Room): Places {
  const narrow = room.width < 560;
  const left = Math.round(room.width * (narrow ? 0.42 : 0.4));
  return { left, right: left + Math.round(room.width * (narrow ? 0.18 : 0.22)), width: room.width, narrow };
}

function heading(room: Room, at: Places, rows: Clearing[]): { elements: SVGElement[]; height: number } {
  if (!rows.some((row) => row.partner)) return { elements: [s("text", { class: "pale", x: 0, y: 16 }, say("clearNone"))], height: 24 };
  const legend = flow([
    { words: say("clearBand"), width: 32, mark: (x, y) => s("path", { class: "band", d: `M${x} ${y - 4}h32`, "stroke-width": 4 }) },
    { words: say("clearNext"), width: 32, mark: (x, y) => s("path", { class: "next sample", d: `M${x} ${y - 4}h32` }) },
  ], room.width, 12);
  const rule = wrapped(say("clearRule"), at.width, 3, 12);
  const y = legend.height + 20 + rule.length * 16;
  const right = wrapped(say("clearPartners"), at.width - at.right - 8, 2, 12);
  const left = wrapped(say("clearNeeds"), at.left - 8, 2, 12);
  return {
    elements: [
      ...legend.elements,
      ...rule.map((one, index) => s("text", { class: "pale small", x: 0, y: legend.height + 14 + index * 16 }, one)),
      ...left.map((one, index) => s("text", { class: "pale small", x: 0, y: y + index * 16 }, one)),
      ...right.map((one, index) => s("text", { class: "pale small", x: at.right + 8, y: y + index * 16 }, one)),
    ],
    height: y + 8 + 16 * (Math.max(left.length, right.length) - 1),
  };
}

/** Whose the need is, and since when. */
const whose = (one: Need): string => one.of.map((of) => of.name).join(", ");
const since = (one: Need): string => (one.date ? day(one.date) : one.kind === "plan" ? say("clearPlan") : "");
const typeOf = (one: Need): string => (one.kind === "plan" ? "ActionPlan" : "Request");

const average = (numbers: number[]): number => numbers.reduce((sum, one) => sum + one, 0) / Math.max(1, numbers.length);

/** The needs of each request in the order of their partners, and those by the mean place of their needs: fewer bands cross. */
function uncrossed(met: { row: Clearing; key: string }[]): { row: Clearing; key: string }[] {
  let order = met;
  for (let round = 0; round < 4; round += 1) {
    const before = order;
    const mean = (wanted: Clearing): number => average(before.flatMap(({ row }, at) => (row.partner?.id === wanted.partner?.id ? [at] : [])));
    const group = (wanted: Clearing): number => before.findIndex(({ row }) => row.need.stated_in === wanted.need.stated_in);
    order = [...before].sort((a, b) => group(a.row) - group(b.row) || mean(a.row) - mean(b.row) || (a.row.partner?.id ?? "").localeCompare(b.row.partner?.id ?? ""));
  }
  return order;
}

/** The needs one below the other, those of one request or plan under one heading. */
function lefts(met: { row: Clearing; key: string }[], at: Places, top: number): { found: Left[]; headings: SVGElement[]; bottom: number } {
  const found: Left[] = [];
  const headings: SVGElement[] = [];
  let y = top;
  let before = "";
  for (const { row, key } of met) {
    const { need } = row;
    if (need.stated_in !== before) {
      before = need.stated_in;
      y += headings.length ? 8 : 0;
      const names = wrapped(whose(need), at.left - 28, 2, 13, true);
      const date = since(need);
      const beside = names.length === 1 && widthOf(names[0] ?? "", 13, true) + widthOf(date, 12) < at.left - 40;
      headings.push(
        s("path", { class: "line", d: `M0 ${y + 0.5}H${at.left}` }), glyph(typeOf(need), 0, y + 9, 12),
        s("g", {}, s("title", {}, `${whose(need)}, ${date}, ${need.stated_in}`),
          ...names.map((one, index) => s("text", { class: "strong", x: 20, y: y + 20 + index * LINE }, one)),
          date && (beside
            ? s("text", { class: "pale small", x: at.left - 8, y: y + 20, "text-anchor": "end" }, date)
            : s("text", { class: "pale small", x: 20, y: y + 20 + names.length * LINE }, date))),
      );
      y += 8 + LINE * (names.length + (date && !beside ? 1 : 0)) + 2;
    }
    const lines = wrapped(row.need.subject, at.left - 28, at.narrow ? 6 : 4, 13);
    const height = Math.max(28, lines.length * LINE + 8);
    found.push({ row, key, lines, y, height });
    y += height;
  }
  return { found, headings, bottom: y };
}

/** The partners, each as near as there is room to the middle of its needs: so the bands cross as little as may be. */
function rights(needs: Left[], at: Places, top: number): Right[] {
  const found = new Map<string, Right>();
  const width = at.width - at.right - (at.narrow ? 24 : 32);
  const known = (one: Named, kind: string): Right => {
    const there = found.get(one.id);
    if (there) return there;
    const made = { id: one.id, name: one.name, kind, lines: wrapped(one.name, width - (at.narrow ? 12 : 40), at.narrow ? 6 : 4, 13, true), through: [], needs: [], next: [], y: 0, height: 0 };
    found.set(one.id, made);
    return made;
  };
  for (const one of needs) {
    const { partner } = one.row;
    if (!partner) continue;
    const those = known(partner, partner.kind);
    those.kind = partner.kind;
    those.needs.push(one);
    those.through = [...new Set([...those.through, ...partner.through.map((agency) => agency.name)])];
  }
  for (const one of needs) if (one.row.runner_up) known(one.row.runner_up, "").next.push(one);
  const list = [...found.values()];
  for (const one of list) {
    const through = one.needs.length && one.through.length && !at.narrow ? 1 : one.needs.length ? 0 : 1;
    one.height = Math.max(one.needs.length * SLOT, (one.lines.length + through) * LINE) + 14;
  }
  const middle = (one: Right): number => average((one.needs.length ? one.needs : one.next).map((need) => need.y + need.height / 2));
  list.sort((a, b) => middle(a) - middle(b) || (a.id < b.id ? -1 : 1));
  return spread(list, middle, top);
}

/** Each at its wished middle; those that would overlap share the mean of what they wish. */
function spread(list: Right[], middle: (one: Right) => number, top: number): Right[] {
  const groups: { those: Right[]; y: number; height: number }[] = [];
  for (const one of list) {
    groups.push({ those: [one], y: Math.max(top, middle(one) - one.height / 2), height: one.height });
    for (let last = groups.length - 1; last > 0; last -= 1) {
      const [above, below] = [groups[last - 1], groups[last]];
      if (!above || !below || above.y + above.height <= below.y) break;
      const those = [...above.those, ...below.those];
      const height = above.height + below.height;
      let offset = 0;
      let wish = 0;
      for (const part of those) { wish += middle(part) - part.height / 2 - offset; offset += part.height; }
      groups.splice(last - 1, 2, { those, y: Math.max(top, wish / those.length), height });
    }
  }
  for (const group of groups) {
    let { y } = group;
    for (const one of group.those) { one.y = Math.round(y); y += one.height; }
  }
  return list;
}

/** Where the text of a partner starts. */
const textAt = (one: Right, at: Places): number => at.right + (one.needs.length && !at.narrow ? 44 : 8);

function partner(one: Right, at: Places): SVGElement {
  const x = textAt(one, at);
  const type = one.kind === "State" ? "State" : one.kind ? "Organisation" : /^[A-Z]{3}$/.test(one.id) ? "State" : "Organisation";
  const below = one.needs.length ? (one.through.length && !at.narrow ? say("barThrough", { names: one.through.join(", ") }) : "") : say("clearOnlyNext");
  const full = [one.name, one.through.length ? say("barThrough", { names: one.through.join(", ") }) : ""].filter(Boolean).join("\n");
  return s(
    "g", {}, s("title", {}, full),
    one.needs.length ? s("path", { class: "edge", d: `M${at.right + 0.5} ${one.y + 4}v${one.height - 8}` }) : null,
    glyph(type, x, one.y + 7, 12),
    ...one.lines.map((line, index) => s("text", { class: one.needs.length ? "strong" : "pale", x: x + 18, y: one.y + 18 + index * LINE }, line)),
    below && s("text", { class: "pale small", x: x + 18, y: one.y + 18 + one.lines.length * LINE }, fitted(below, at.width - x - 20, 12)),
  );
}

/** A curve from the left to the right. */
function curve(x: number, y: number, tox: number, toy: number): string {
  const half = (x + tox) / 2;
  return `M${x} ${y}C${half} ${y} ${half} ${toy} ${tox} ${toy}`;
}

function need(one: Left, partners: Right[], at: Places): SVGElement {
  const { row } = one;
  const y = one.y + one.height / 2;
  const to = partners.find((right) => right.id === row.partner?.id);
  const next = partners.find((right) => right.id === row.runner_up?.id);
  const told = labelled(row);
  const slot = to ? to.y + to.height / 2 + (to.needs.indexOf(one) - (to.needs.length - 1) / 2) * SLOT : y;
  const other = next ? next.y + next.height / 2 + (next.needs.length % 2 ? SLOT / 2 : 0) : y;
  return marked(
    one.key, told[0] ?? "", s("rect", { class: "ground", x: 0, y: one.y, width: at.left, height: one.height }),
    s("title", {}, told.join("\n")),
    ...one.lines.map((line, index) => s("text", { x: 20, y: one.y + (one.height - one.lines.length * LINE) / 2 + 13 + index * LINE }, line)),
    next && s("path", { class: "next", d: curve(at.left + 1, y, at.right - 2, other) }),
    to && s("path", { class: "band", d: curve(at.left, y, at.right, slot), "stroke-width": 4 }),
    to && s("text", { class: "pale small", x: at.right + (at.narrow ? -4 : 8), y: slot + (at.narrow ? -5 : 4), "text-anchor": at.narrow ? "end" : "start" }, number(row.partner?.score ?? 0, 2)),
    // At its start, on the other side of where it goes: no other band runs there.
    next && s("text", { class: "small next-score", x: at.left + 6, y: y + (other > y ? -9 : 18) }, at.narrow ? number(row.runner_up?.score ?? 0, 2) : say("clearNextScore", { score: number(row.runner_up?.score ?? 0, 2) })),
  );
}

function labelled(row: Clearing): string[] {
  const values = { who: whose(row.need), need: row.need.subject };
  const next = row.runner_up && say("clearLabelNext", { name: row.runner_up.name, score: number(row.runner_up.score, 2), why: row.runner_up.why });
  const first = row.partner
    ? say("clearLabel", { ...values, partner: row.partner.name, score: number(row.partner.score, 2) })
    : say("clearLabelUnmet", { ...values, reason: row.unmet ?? "" });
  return [first, next ?? "", ...row.changes, row.need.note ?? ""].filter(Boolean);
}

// A whole number, such as of partners: reasons that differ in it alone are the same one.
const COUNT = /(?<![\d.])\d+(?![\d.]*\d)/;
const alike = (row: Clearing): string => (row.unmet ?? "").replace(COUNT, "#");

/** The needs that have no partner, under the reason that they share. */
function unmet(those: { row: Clearing; key: string }[], room: Room, top: number): { elements: SVGElement[]; height: number } {
  if (!those.length) return { elements: [], height: top };
  const elements: SVGElement[] = [
    s("path", { class: "strong-line", d: `M0 ${top + 0.5}H${room.width}` }),
    s("text", { class: "strong", x: 0, y: top + 24 }, say("clearUnmet", { count: those.length })),
  ];
  let y = top + 32;
  for (const kind of [...new Set(those.map(({ row }) => alike(row)))]) {
    const group = those.filter(({ row }) => alike(row) === kind);
    const numbers = group.map(({ row }) => Number(COUNT.exec(row.unmet ?? "")?.[0] ?? 0));
    const [least, most] = [Math.min(...numbers), Math.max(...numbers)];
    const reason = kind.replace("#", least === most ? String(least) : `${least}–${most}`);
    // What would change it is said once where it is the same for all of them.
    const shared = group.length > 1 && new Set(group.map(({ row }) => row.changes.join(" "))).size === 1 ? (group[0]?.row.changes.join(" ") ?? "") : "";
    const lines = [...wrapped(reason, room.width, 4, 13), ...wrapped(shared, room.width, 4, 13)];
    for (const line of lines) elements.push(s("text", { class: "pale", x: 0, y: (y += LINE) }, line));
    y += 8;
    const columns = Math.max(1, Math.floor(room.width / 300));
    const wide = room.width / columns;
    for (let start = 0; start < group.length; start += columns) {
      const made = group.slice(start, start + columns).map((one, index) => lonely(one, Math.round(index * wide), y, wide - 16, !shared));
      elements.push(...made.map((one) => one.element));
      y += Math.max(...made.map((one) => one.height));
    }
    y += 8;
  }
  return { elements, height: y };
}

function lonely({ row, key }: { row: Clearing; key: string }, x: number, y: number, width: number, changes: boolean): { element: SVGElement; height: number } {
  const told = labelled(row);
  const next = row.runner_up ? say("clearNearest", { name: row.runner_up.name, score: number(row.runner_up.score, 2) }) : "";
  const lines = [
    ...wrapped(row.need.subject, width - 20, 2, 12),
    ...(next ? wrapped(next, width - 20, 2, 12) : []),
    ...(changes ? row.changes.slice(0, 1).flatMap((one) => wrapped(one, width - 20, 4, 12)) : []),
  ];
  const date = since(row.need);
  const who = fitted(whose(row.need), width - 28 - widthOf(date, 12), 13);
  const height = 26 + lines.length * 16;
  return {
    height,
    element: marked(
      key, told[0] ?? "", s("rect", { class: "ground", x, y, width, height }),
      s("title", {}, told.join("\n")),
      s("text", { x, y: y + 18 }, who),
      date && s("text", { class: "pale small", x: x + 8 + widthOf(who, 13), y: y + 18 }, date),
      ...lines.map((line, index) => s("text", { class: "pale small", x, y: y + 34 + index * 16 }, line)),
    ),
  };
}
