import type { RunEvent } from "../../src/run/events.ts";
import type { LabRun } from "./lab.ts";

/** Something that was done, and how long it took. */
export interface Timed {
  readonly name: string;
  readonly seconds: number;
}

/** A line of `lab up --json`; of its last one only what is read here. */
export type UpLine =
  | RunEvent
  /** Said while nothing else is to be said. */
  | { readonly type: "heartbeat" }
  | { readonly type: "summary"; readonly changed: number; readonly criticalPath: readonly Timed[] };

/** What is kept of an `up`. */
export interface Up {
  /** The whole command. */
  readonly seconds: number;
  /** Steps of the course that were done, in the order in which they ended. Fetching ahead holds nobody up, and is none. */
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
