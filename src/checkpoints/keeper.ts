import type { ConfiguredStack } from "../config/schema.ts";
import { checkpointsOf } from "../hardware/lookup.ts";
import type { PlannedStep } from "../plan/planned-steps.ts";
import type { CheckpointEvent, WatchedEvent } from "./events.ts";
import { type Due, Milestones } from "./milestones.ts";
import { take } from "./take.ts";

/** Takes checkpoints while a run goes on. */
export interface Keeper {
  /** To be told of every event of the run. */
  see(event: WatchedEvent): void;
  /** Resolves when all that were due are taken. */
  finished(): Promise<void>;
}

/**
 * The checkpoints of a stack's own making.
 * @param course of the lab, whole
 * @param tell is told of each
 * @returns undefined where none are to be taken
 */
export function keeper(
  stack: ConfiguredStack,
  course: readonly PlannedStep[],
  tell: (event: CheckpointEvent) => void,
): Keeper | undefined {
  const { config } = stack;
  const hardware = checkpointsOf(config.hardware.kind);
  if (hardware === undefined || config.checkpoints === "none") return undefined;
  const work = async (due: readonly Due[]): Promise<void> => {
    const names = due.map(({ name }) => name);
    const done = due.flatMap((one) => one.with);
    await take(stack, course, hardware, { names, automatic: true, with: done });
  };
  return collecting(new Milestones(course, config.checkpoints), work, tell);
}

/**
 * One after the other: what is due while another is being taken is taken as one, under all their names. What cannot be taken is told, and
 * is no reason to stop.
 */
export function collecting(
  milestones: Pick<Milestones, "see">,
  work: (due: readonly Due[]) => Promise<void>,
  tell: (event: CheckpointEvent) => void,
): Keeper {
  let waiting: Due[] = [];
  let working: Promise<void> | undefined;
  const all = async (): Promise<void> => {
    while (waiting.length > 0) {
      const due = waiting;
      waiting = [];
      const began = Date.now();
      const problem = await work(due).then(
        () => undefined,
        (error: unknown) => (error instanceof Error ? error.message : String(error)),
      );
      const at = Date.now();
      const seconds = (at - began) / 1000;
      for (const { name } of due)
        tell({ type: "checkpoint", name, seconds, at, ...(problem === undefined ? {} : { problem }) });
    }
    working = undefined;
  };
  return {
    see: (event) => {
      const due = milestones.see(event);
      if (due === undefined) return;
      waiting.push(due);
      working ??= all();
    },
    finished: async () => working,
  };
}
