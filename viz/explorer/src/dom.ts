// Elements are made by hand, and text from data is only ever text: nothing on this page is made from markup.

type Child = Node | string | null | undefined | false;
type Value = string | number | boolean | null | undefined | ((event: never) => void);

const SVG = "http://www.w3.org/2000/svg";

function fill(element: Element, attributes: Record<string, Value>, children: Child[]): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function") element.addEventListener(name, value as EventListener);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.filter((child): child is Node | string => Boolean(child)));
}

/** An element of HTML; a function as an attribute listens to the event of that name. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K, attributes: Record<string, Value> = {}, ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  fill(element, attributes, children);
  return element;
}

/** An element of SVG. */
export function s<K extends keyof SVGElementTagNameMap>(
  tag: K, attributes: Record<string, Value> = {}, ...children: Child[]
): SVGElementTagNameMap[K] {
  const element = document.createElementNS(SVG, tag);
  fill(element, attributes, children);
  return element;
}

/** Text from data, which may be written from right to left. */
export function name(text: string): HTMLElement {
  return h("bdi", {}, text);
}

const pen = document.createElement("canvas").getContext("2d");

/** How wide a text is in pixels, in the font of the page at that size. */
export function widthOf(text: string, size = 13, bold = false): number {
  if (!pen) return text.length * size * 0.55;
  pen.font = `${bold ? "600 " : ""}${size}px ${getComputedStyle(document.body).fontFamily}`;
  return pen.measureText(text).width;
}

/** The text cut off where it would be wider than so many pixels. */
export function fitted(text: string, width: number, size = 13, bold = false): string {
  if (widthOf(text, size, bold) <= width) return text;
  let low = 0;
  let high = text.length;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (widthOf(`${text.slice(0, middle).trimEnd()}…`, size, bold) <= width) low = middle;
    else high = middle - 1;
  }
  return low ? `${text.slice(0, low).trimEnd()}…` : "";
}

/** The text in lines of at most that width, at most so many; the last is cut off where there is more. */
export function wrapped(text: string, width: number, most: number, size = 13, bold = false): string[] {
  const lines: string[] = [];
  let line = "";
  const words = text.split(/\s+/).filter(Boolean);
  for (const [index, word] of words.entries()) {
    const longer = line ? `${line} ${word}` : word;
    if (line && widthOf(longer, size, bold) > width) {
      if (lines.length === most - 1) return [...lines, fitted([line, ...words.slice(index)].join(" "), width, size, bold)];
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return line ? [...lines, fitted(line, width, size, bold)] : lines;
}
