import type { ConfiguredStack } from "../config/schema.ts";
import { checkpointsOf } from "../hardware/lookup.ts";
import type { PlannedStep } from "../plan/planned-steps.ts";
import { type DueCheckpoint, DueCheckpoints } from "./due.ts";
import type { CheckpointEvent, WatchedEvent } from "./events.ts";
import { take } from "./take.ts";

/** Takes checkpoints during a run. */
export interface AutomaticCheckpoints {
  /** Gets every event of the run. */
  see(event: WatchedEvent): void;
  /** Resolves when all due checkpoints are taken. */
  finished(): Promise<void>;
}

/**
 * The checkpoints that `up` takes by itself.
 * @param course all planned steps of the lab
 * @param emit gets an event for each checkpoint
 * @returns undefined where the configuration or the hardware has none
 */
export function automaticCheckpoints(
  stack: ConfiguredStack,
  course: readonly PlannedStep[],
  emit: (event: CheckpointEvent) => void,
): AutomaticCheckpoints | undefined {
  const { config } = stack;
  const hardware = checkpointsOf(config.hardware.kind);
  if (hardware === undefined || config.checkpoints === "none") return undefined;
  const work = async (due: readonly DueCheckpoint[]): Promise<void> => {
    const names = due.map(({ name }) => name);
    const done = due.flatMap((one) => one.with);
    await take(stack, course, hardware, { names, automatic: true, with: done });
  };
  return oneByOne(new DueCheckpoints(course, config.checkpoints), work, emit);
}

/**
 * Takes due checkpoints one after the other. Those that become due while one is taken are taken together, as one under all their
 * names. A checkpoint that cannot be taken is an event with a problem, and the run goes on.
 */
export function oneByOne(
  milestones: Pick<DueCheckpoints, "see">,
  work: (due: readonly DueCheckpoint[]) => Promise<void>,
  emit: (event: CheckpointEvent) => void,
): AutomaticCheckpoints {
  let waiting: DueCheckpoint[] = [];
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
        emit({ type: "checkpoint", name, seconds, at, ...(problem === undefined ? {} : { problem }) });
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
