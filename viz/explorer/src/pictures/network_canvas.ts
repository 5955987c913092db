// The network on a canvas, by sigma: lines and marks by WebGL, names on a layer above. Loaded by this question alone.
import Graph from "graphology";
import Sigma from "sigma";
import { NodeProgram, type ProgramInfo } from "sigma/rendering";
import { animateNodes, floatColor } from "sigma/utils";
import type { NodeDisplayData, RenderParams } from "sigma/types";
import type { Board, Seen, Told } from "./network.ts";

const SHAPES = ["dot", "square", "diamond", "triangle", "triangleDown", "star", "hexagon"];
// The vertices span a little more than the mark, for corners and borders.
const AIR = 1.35;

const VERTEX = `
attribute vec4 a_id; attribute vec4 a_color; attribute vec4 a_border; attribute vec2 a_position;
attribute float a_size; attribute float a_shape; attribute float a_angle;
uniform mat3 u_matrix; uniform float u_sizeRatio; uniform float u_correctionRatio;
varying vec4 v_color; varying vec4 v_border; varying vec2 v_at; varying float v_pixel; varying float v_shape;
void main() {
  float radius = a_size * u_correctionRatio / u_sizeRatio * 2.0;
  vec2 away = radius * 2.0 * ${AIR} * vec2(cos(a_angle), sin(a_angle));
  gl_Position = vec4((u_matrix * vec3(a_position + away, 1)).xy, 0, 1);
  v_at = away / radius;
  v_pixel = 2.0 * u_correctionRatio / radius;
  v_shape = a_shape;
  #ifdef PICKING_MODE
  v_color = a_id;
  #else
  v_color = a_color;
  #endif
  v_border = a_border;
  v_color.a *= 255.0 / 254.0;
}`;

// How far a point is outside the shape, in radii.
const FRAGMENT = `
precision highp float;
varying vec4 v_color; varying vec4 v_border; varying vec2 v_at; varying float v_pixel; varying float v_shape;
float polygon(vec2 p, float sides, float turn, float radius) {
  float part = 6.2831853 / sides;
  float angle = atan(p.x, p.y) + turn;
  return cos(floor(0.5 + angle / part) * part - angle) * length(p) - radius * cos(3.14159265 / sides);
}
float star(vec2 p) {
  vec2 k = vec2(0.809016994, -0.587785252);
  p.x = abs(p.x);
  p -= 2.0 * max(dot(k, p), 0.0) * k;
  p -= 2.0 * max(dot(vec2(-k.x, k.y), p), 0.0) * vec2(-k.x, k.y);
  p.x = abs(p.x);
  p.y -= 1.25;
  vec2 side = 0.55 * vec2(-k.y, k.x) - vec2(0.0, 1.25);
  float at = clamp(dot(p, side) / dot(side, side), 0.0, 1.25);
  return length(p - side * at) * sign(p.y * side.x - p.x * side.y);
}
float outside(vec2 p) {
  if (v_shape < 0.5) return length(p) - 0.95;
  if (v_shape < 1.5) return polygon(p, 4.0, 0.0, 1.2);
  if (v_shape < 2.5) return polygon(p, 4.0, 0.78539816, 1.15);
  if (v_shape < 3.5) return polygon(p + vec2(0.0, 0.15), 3.0, 1.04719755, 1.25);
  if (v_shape < 4.5) return polygon(p - vec2(0.0, 0.15), 3.0, 0.0, 1.25);
  if (v_shape < 5.5) return star(p);
  return polygon(p, 6.0, 0.0, 1.1);
}
void main(void) {
  #ifdef PICKING_MODE
  gl_FragColor = length(v_at) > 1.3 ? vec4(0.0) : v_color;
  #else
  float away = outside(v_at) / v_pixel;
  vec4 color = mix(v_color, v_border, smoothstep(-1.6, -0.8, away));
  gl_FragColor = mix(color, vec4(0.0), smoothstep(-0.5, 0.6, away));
  #endif
}`;

const { UNSIGNED_BYTE, FLOAT, TRIANGLES } = WebGLRenderingContext;

class Marks extends NodeProgram<"u_sizeRatio" | "u_correctionRatio" | "u_matrix"> {
  getDefinition() {
    return {
      VERTICES: 3, VERTEX_SHADER_SOURCE: VERTEX, FRAGMENT_SHADER_SOURCE: FRAGMENT, METHOD: TRIANGLES as 4,
      UNIFORMS: ["u_sizeRatio", "u_correctionRatio", "u_matrix"] as const,
      ATTRIBUTES: [
        { name: "a_position", size: 2, type: FLOAT }, { name: "a_size", size: 1, type: FLOAT },
        { name: "a_shape", size: 1, type: FLOAT },
        { name: "a_color", size: 4, type: UNSIGNED_BYTE, normalized: true },
        { name: "a_border", size: 4, type: UNSIGNED_BYTE, normalized: true },
        { name: "a_id", size: 4, type: UNSIGNED_BYTE, normalized: true },
      ],
      CONSTANT_ATTRIBUTES: [{ name: "a_angle", size: 1, type: FLOAT }],
      CONSTANT_DATA: [[0], [(2 * Math.PI) / 3], [(4 * Math.PI) / 3]],
    };
  }

  override processVisibleItem(index: number, start: number, data: NodeDisplayData): void {
    const own = data as NodeDisplayData & { border: string; shape: number };
    this.array.set([own.x, own.y, own.size, own.shape, floatColor(own.color), floatColor(own.border), index], start);
  }

  override setUniforms(params: RenderParams, { gl, uniformLocations }: ProgramInfo): void {
    gl.uniform1f(uniformLocations["u_correctionRatio"] ?? null, params.correctionRatio);
    gl.uniform1f(uniformLocations["u_sizeRatio"] ?? null, params.sizeRatio);
    gl.uniformMatrix3fv(uniformLocations["u_matrix"] ?? null, false, params.matrix);
  }
}

/** A colour so much on its way to another, both `#rrggbb`. */
function towards(from: string, to: string, part: number): string {
  const parts = (colour: string): number[] => [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
  const other = parts(to);
  return `#${parts(from).map((one, at) => Math.round(one + ((other[at] ?? 0) - one) * part).toString(16).padStart(2, "0")).join("")}`;
}

function graphOf(told: Told): Graph {
  const graph = new Graph({ type: "undirected" });
  for (const node of told.around.nodes) {
    const { x, y } = told.before.get(node.key) ?? node;
    graph.addNode(node.key, { x, y: -y, size: told.sizeOf(node), kind: node.type, shape: Math.max(0, SHAPES.indexOf(told.shapeOf(node.type))), color: told.colourOf(node.type), node });
  }
  for (const { start, end } of told.around.edges) graph.mergeEdge(start, end);
  return graph;
}

/** The settings that make nodes and lines look as they should just now. */
function reducers(told: Told, graph: Graph, now: () => Seen) {
  const quiet = (key: string): boolean => { const { lit, near, hidden } = now(); return hidden.has(key) || (lit !== "" && lit !== key && !near.has(key)); };
  const away = (key: string): boolean => now().gone.has(graph.getNodeAttribute(key, "kind") as string);
  return {
    nodeReducer: (key: string, data: Record<string, unknown>) => {
      const { paper, pale, dark, ink } = told.ink;
      const { lit, chosen } = now();
      const main = key === lit || key === chosen;
      const colour = data["color"] as string;
      return {
        ...data, label: null, hidden: away(key), color: quiet(key) ? towards(colour, paper, 0.8) : colour,
        border: main ? ink : quiet(key) ? towards(dark ? pale : colour, paper, 0.8) : dark ? pale : towards(colour, "#000000", 0.25),
        size: (data["size"] as number) + (main ? 2 : 0), zIndex: main ? 2 : quiet(key) ? 0 : 1,
      };
    },
    edgeReducer: (edge: string, data: Record<string, unknown>) => {
      const { paper, pale, strong, line } = told.ink;
      const { lit, chosen, hidden } = now();
      const ends = graph.extremities(edge);
      const own = ends.includes(lit || chosen);
      const many = graph.size > 800;
      const colour = own ? strong : lit || ends.some((key) => hidden.has(key)) ? towards(line, paper, 0.7) : towards(line, pale, many ? 0.1 : 0.55);
      return { ...data, hidden: ends.some(away), color: colour, size: own ? 2 : many ? 1 : 1.4, zIndex: own ? 1 : 0 };
    },
  };
}

export async function canvas(told: Told): Promise<Board> {
  const holder = document.createElement("div");
  holder.className = "net-canvas";
  // Sigma needs its room at once, before the picture stands in the page.
  Object.assign(holder.style, { width: `${told.width}px`, height: `${told.height}px`, position: "absolute" });
  document.body.append(holder);
  const graph = graphOf(told);
  let seen: Seen = { lit: "", chosen: "", near: new Set(), hidden: new Set(), gone: new Set() };
  let sigma: Sigma;
  try {
    sigma = new Sigma(graph, holder, {
      ...reducers(told, graph, () => seen), nodeProgramClasses: { mark: Marks }, defaultNodeType: "mark",
      renderLabels: false, zIndex: true, minCameraRatio: 0.05, maxCameraRatio: 1.6, stagePadding: 28, defaultDrawNodeHover: () => {},
      enableCameraRotation: false, minEdgeThickness: 1, zoomDuration: 150, inertiaDuration: 150,
      // From here on it may be drawn once while it stands in no page, before the picture is set in or after it is taken out.
      allowInvalidContainer: true,
    });
    sigma.createCanvasContext("names");
    // The layer that hears the pointer stays on top.
    const mouse = holder.querySelector(".sigma-mouse");
    if (mouse) holder.append(mouse);
    sigma.resize(true);
  } finally {
    holder.remove();
  }
  Object.assign(holder.style, { width: "100%", position: "relative" });
  const above = holder.querySelector<HTMLCanvasElement>("canvas.sigma-names")?.getContext("2d");
  sigma.on("afterRender", () => { if (above) names(above, sigma, graph, told, seen); });
  sigma.on("enterNode", ({ node }) => { holder.style.cursor = "pointer"; told.light(node); });
  sigma.on("leaveNode", () => { holder.style.cursor = ""; told.light(""); });
  sigma.on("clickNode", ({ node }) => told.choose(node));
  sigma.on("doubleClickNode", ({ node, preventSigmaDefault }) => { preventSigmaDefault(); told.expand(node); });
  // The page scrolls past the picture, unless somebody works in it.
  holder.addEventListener("wheel", (event) => { if (!event.ctrlKey && !event.metaKey && !holder.contains(document.activeElement) && !document.activeElement?.contains(holder.parentElement)) event.stopPropagation(); }, { capture: true });
  if (told.before.size) settle(graph, told);
  return {
    element: holder,
    paint: (next) => { seen = next; sigma.refresh(); },
    zoom: (factor) => { void moved(sigma, factor ? { ratio: sigma.getCamera().getBoundedRatio(sigma.getCamera().ratio / factor) } : { x: 0.5, y: 0.5, ratio: 1 }); },
    bring: (key) => {
      const data = sigma.getNodeDisplayData(key);
      if (!data) return;
      const at = sigma.framedGraphToViewport(data);
      if (at.x < 40 || at.x > told.width - 40 || at.y < 40 || at.y > told.height - 40) void moved(sigma, { x: data.x, y: data.y });
    },
    end: () => sigma.kill(),
  };
}

/** Nodes that were there go from where they stood to where they stand now. */
function settle(graph: Graph, told: Told): void {
  const to = Object.fromEntries(told.around.nodes.map((node) => [node.key, { x: node.x, y: -node.y }]));
  if (still()) for (const [key, place] of Object.entries(to)) graph.mergeNodeAttributes(key, place);
  else animateNodes(graph, to, { duration: 180 });
}

/** Whether the reader asked for less motion. */
const still = (): boolean => matchMedia("(prefers-reduced-motion: reduce)").matches;

function moved(sigma: Sigma, to: { x?: number; y?: number; ratio?: number }): Promise<void> {
  return sigma.getCamera().animate(to, { duration: still() ? 1 : 150 });
}

/** The names, each with a rim of paper so that lines do not cross its letters. */
function names(pen: CanvasRenderingContext2D, sigma: Sigma, graph: Graph, told: Told, seen: Seen): void {
  const { width, height } = sigma.getDimensions();
  pen.clearRect(0, 0, width, height);
  const main = new Set([seen.lit, seen.chosen].filter(Boolean));
  const spots = told.around.nodes.filter((node) => !seen.gone.has(node.type)).flatMap((node) => {
    if (seen.hidden.has(node.key) || (seen.lit && node.key !== seen.lit && !seen.near.has(node.key) && !main.has(node.key))) return [];
    const data = sigma.getNodeDisplayData(node.key);
    if (!data) return [];
    return [{ node, ...sigma.framedGraphToViewport(data), r: sigma.scaleSize(data.size) + 1, links: graph.degree(node.key) }];
  });
  const family = getComputedStyle(document.body).fontFamily;
  pen.lineJoin = "round";
  pen.lineWidth = 3.5;
  pen.strokeStyle = told.ink.paper;
  pen.fillStyle = told.ink.ink;
  for (const label of told.labels(spots, width, height, main, seen.near)) {
    pen.font = `${label.bold ? "600 " : ""}${label.size}px ${family}`;
    for (const draw of ["strokeText", "fillText"] as const) label.lines.forEach((one, at) => pen[draw](one, label.x, label.y + at * 15));
  }
}
