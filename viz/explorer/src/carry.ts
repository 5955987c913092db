// What can be carried away from a view: the picture, the table, the network, a link, and drafts that people edit.
import { h, s } from "./dom.ts";
import { day, say } from "./words.ts";
import { asked, here } from "./address.ts";
import { described } from "./png.ts";
import { titled } from "./text.ts";
import type { Shown } from "./types.ts";

/** The menu of files. */
export function carry(shown: Shown, holder: () => Element): HTMLElement {
  const { question } = shown.answer;
  const link = (address: string, words: string): HTMLElement => h("li", {}, h("a", { href: address, download: true }, words));
  const press = (words: string, act: () => void): HTMLElement => h("li", {}, h("button", { type: "button", class: "plain", click: act }, words));
  const query = asked(here());
  const made = (kind: string): HTMLElement => link(`/v1/files/${question}?${query}&format=${kind}`, kind.toUpperCase());
  const told = h("span", { role: "status", class: "pale" });
  const copy = async (): Promise<void> => {
    await navigator.clipboard?.writeText(location.href);
    told.textContent = say("copied");
  };
  const group = (words: string, ...items: HTMLElement[]): HTMLElement[] => [h("li", { class: "group" }, words), ...items];
  const files = [
    ...group(say("picture"), press("SVG", () => void save(shown, holder(), "svg")), press("PNG", () => void save(shown, holder(), "png"))),
    ...group(say("table"), made("xlsx"), made("csv")),
    ...group(say("carryNetwork"), made("graphml"), made("gexf")),
    ...group(say("carryPage"), made("html"), made("json")),
    ...group(say("carryHere"), press(say("copyLink"), () => void copy()), press(say("print"), () => print())),
  ];
  const drafted = ofState(shown);
  return h("details", { class: "carry" },
    h("summary", {}, drafted.length ? say("carryDraft") : say("carry")),
    h("div", {},
      drafted.length > 0 && h("ul", { class: "drafts" }, ...drafted.map((one) => h("li", {}, one))),
      h("ul", {}, ...files),
      h("p", { class: "pale" }, say("carryWith")),
      told,
    ),
  );
}

/** What can be drafted from the State that was asked about. */
function ofState(shown: Shown): Node[] {
  const state = String(shown.answer.parameters["state"] ?? "");
  if (!state) return [];
  return [draft(shown, "assistance-request", { state }, say("draftAssistance")), draft(shown, "action-plan", { state }, say("draftPlan"))];
}

/** A link to a draft. */
export function draft(shown: Shown, kind: string, values: Record<string, string | string[]>, words: string): HTMLElement {
  const query = new URLSearchParams();
  const as_of = String(shown.answer.parameters["as_of"] ?? "");
  for (const [key, value] of Object.entries({ ...values, as_of })) for (const one of [value].flat()) if (one) query.append(key, one);
  return h("a", { class: "action", href: `/v1/drafts/${kind}?${query}`, download: true }, words);
}

async function save(shown: Shown, holder: Element, kind: "svg" | "png"): Promise<void> {
  // Marks of legends are drawings too, but small ones.
  const drawing = [...holder.querySelectorAll("svg")].find((one) => one.clientWidth > 200);
  const file = `${shown.answer.question.replace(/_/g, "-")}-${shown.answer.as_of}`;
  if (!drawing) {
    const query = asked(here());
    location.assign(`/v1/files/${shown.answer.question}?${query}&format=${kind}`);
    return;
  }
  const text = new XMLSerializer().serializeToString(whole(drawing, shown));
  const blob = new Blob([text], { type: "image/svg+xml" });
  if (kind === "svg") return offer(blob, `${file}.svg`);
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = image.width * 2;
  canvas.height = image.height * 2;
  canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
  const made = await new Promise<Blob | null>((done) => canvas.toBlob(done, "image/png"));
  if (made) offer(await described(made, about(shown)), `${file}.png`);
}

/** The whole answer but its rows, for the properties of files that keep such. */
const about = ({ answer: { rows: _, ...told } }: Shown): string => JSON.stringify(told);

function offer(blob: Blob, file: string): void {
  const url = URL.createObjectURL(blob);
  h("a", { href: url, download: file }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

const STYLES = ["fill", "stroke", "stroke-width", "stroke-dasharray", "opacity", "font-size", "font-weight", "font-family", "text-anchor", "dominant-baseline", "display"];

/** A copy of the drawing that stands by itself: with its styles, its question, its date, its sources and its caveats. */
function whole(drawing: SVGSVGElement, shown: Shown): SVGSVGElement {
  const copy = drawing.cloneNode(true) as SVGSVGElement;
  const own = [drawing, ...drawing.querySelectorAll<SVGElement>("*")];
  for (const [at, element] of [copy, ...copy.querySelectorAll<SVGElement>("*")].entries()) {
    const source = own[at];
    if (!source) continue;
    const style = getComputedStyle(source);
    for (const property of STYLES) element.setAttribute(property, style.getPropertyValue(property));
    for (const name of ["class", "role", "tabindex", "id"]) element.removeAttribute(name);
  }
  const { answer, view } = shown;
  const width = drawing.clientWidth || drawing.viewBox.baseVal.width;
  const height = drawing.clientHeight || drawing.viewBox.baseVal.height;
  const style = getComputedStyle(document.body);
  const told = [
    Object.entries(view.asked).map(([key, value]) => `${key}: ${value}`).join(" · "),
    ...answer.caveats,
    `${say("sources")}: ${answer.sources.map((one) => [one.title, one.publisher, one.licence].filter(Boolean).join(", ")).join("; ")}`,
    `Light Footprint, ${say("dataVersion", { version: answer.data_version })}, ${location.href}`,
  ].filter(Boolean);
  const below = told.flatMap((line) => broken(line, Math.max(40, Math.floor(width / 6))));
  const frame = s("svg", { xmlns: "http://www.w3.org/2000/svg", width, height: height + 56 + below.length * 15, "font-family": style.fontFamily });
  copy.setAttribute("y", "34");
  copy.setAttribute("width", String(width));
  copy.setAttribute("height", String(height));
  frame.append(
    s("metadata", {}, about(shown)),
    s("rect", { width: "100%", height: "100%", fill: style.backgroundColor }),
    s("text", { x: 0, y: 20, "font-size": 16, "font-weight": 600, fill: style.color }, `${titled(shown)}. ${say("asOfDay", { day: day(answer.as_of) })}`),
    copy,
    ...below.map((line, at) => s("text", { x: 0, y: height + 56 + at * 15, "font-size": 11, fill: style.color }, line)),
  );
  return frame;
}

function broken(text: string, most: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line && line.length + word.length >= most) { lines.push(line); line = word; } else line = line ? `${line} ${word}` : word;
  }
  return line ? [...lines, line] : lines;
}
