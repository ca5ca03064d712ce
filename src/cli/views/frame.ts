import type { RunEvent } from "../../run/events.ts";
import type { Style } from "./style.ts";
import { clean, pad, widthOf } from "./text.ts";

/** What the lines of a run's progress are made for. */
export interface Frame {
  /** Columns a line may take. @default undefined: nothing is cut off */
  readonly width?: number;
  /** Names of the nodes, in order: each has a live line. */
  readonly nodes: readonly string[];
  /** The kind of run. It decides what progress counts. */
  readonly verb: "up" | "down" | "preview" | "bake" | "reset";
  /** A person is asked between the steps: no live lines, and no heartbeat while nothing runs. @default false */
  readonly asks?: boolean;
  readonly style: Style;
}

/** This machine, in the column of nodes. */
const HERE = "-";

/** The name of a node (none: this machine), as wide as the widest. */
export const nodeColumn = (frame: Frame, node: string | undefined): string =>
  pad(node ?? HERE, Math.max(...frame.nodes.map(widthOf), "whole".length));

/** What is done with a resource, in a few words. The title is for creating it, so a deletion needs another one. */
export const titleOf = (item: Extract<RunEvent, { type: "started" }>): string =>
  clean(item.operation === "delete" ? `Remove ${item.name}` : item.title);
