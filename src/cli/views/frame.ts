import type { RunEvent } from "../../run/events.ts";
import type { Style } from "./style.ts";
import { clean, pad, widthOf } from "./text.ts";

/** What lines are made for. */
export interface Frame {
  /** Columns a line may take. @default undefined: nothing is cut off */
  readonly width?: number;
  /** Names of the nodes, in order: each has a live line. */
  readonly nodes: readonly string[];
  /** What goes on: decides how progress is put. */
  readonly verb: "up" | "down" | "preview" | "bake" | "reset";
  /** A person is asked in between: nothing is drawn over, and nothing said while nothing runs. @default false */
  readonly asks?: boolean;
  readonly style: Style;
}

/** Stands in the column of nodes for this machine. */
const HERE = "-";

/** A node's name (none: this machine) as wide as the widest. */
export const nodeColumn = (frame: Frame, node: string | undefined): string =>
  pad(node ?? HERE, Math.max(...frame.nodes.map(widthOf), "whole".length));

/** What is being done, in a few words. Titles say how a thing comes to be, so they do not fit where it goes. */
export const titleOf = (item: Extract<RunEvent, { type: "started" }>): string =>
  clean(item.operation === "delete" ? `Remove ${item.name}` : item.title);
