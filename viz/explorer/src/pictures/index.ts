// The picture made for each question; a question that is not here has its table and the panel.
import type { Draw } from "../picture.ts";
import { bars } from "./bars.ts";
import { blocks } from "./blocks.ts";
import { clashes } from "./clashes.ts";
import { clearing } from "./clearing.ts";
import { grid } from "./grid.ts";
import { laws } from "./laws.ts";
import { network } from "./network.ts";
import { pools } from "./pools.ts";
import { timeline } from "./timeline.ts";

export const PICTURES: Record<string, Draw> = {
  entry_points: timeline,
  clashes,
  groupings: blocks,
  overlap: grid,
  partners: bars,
  clearing,
  laws,
  pools,
  network,
};
