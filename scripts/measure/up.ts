import type { RunEvent } from "../../src/run/events.ts";
import type { LabRun } from "./lab.ts";

/** A step that was done. */
export interface Timed {
  readonly name: string;
  readonly seconds: number;
}

/** A line of `lab up --json`; of the last line only the keys that are read here. */
export type UpLine =
  | RunEvent
  /** Printed while nothing else happens. */
  | { readonly type: "heartbeat" }
  | { readonly type: "summary"; readonly changed: number; readonly criticalPath: readonly Timed[] };

/** The figures of an `up`. */
export interface Up {
  /** The whole command. */
  readonly seconds: number;
  /** Steps that were done, in the order in which they ended, without the downloads that run ahead of them. */
  readonly steps: readonly Timed[];
  readonly criticalPath: readonly Timed[];
}

export function upFigures({ seconds, lines }: Omit<LabRun<UpLine>, "code">): Up {
  const steps = lines.flatMap((line) =>
    line.type === "done" && line.changed && line.step !== undefined
      ? [{ name: line.name, seconds: line.seconds }]
      : [],
  );
  return { seconds, steps, criticalPath: summaryOf(lines)?.criticalPath ?? [] };
}

export const summaryOf = (lines: readonly UpLine[]): Extract<UpLine, { type: "summary" }> | undefined =>
  lines.find((line) => line.type === "summary");
