import type { CheckpointRecord } from "../checkpoints/record.ts";
import { withDependents } from "../plan/closure.ts";
import type { PlannedStep } from "../plan/planned-steps.ts";

/** How steps are taken back. */
export interface ResetPlan {
  /** The checkpoint that is gone back to; undefined where the steps are undone one by one. */
  readonly checkpoint: CheckpointRecord | undefined;
  /** Names of the planned steps that were asked for, with all that builds on them, as far as they are done. */
  readonly asked: readonly string[];
  /** Names of those that go as well, for they were done after the checkpoint; `up` does them again. */
  readonly besides: readonly string[];
}

/**
 * Decides how a service is taken back: to the newest checkpoint in which nothing of it was done, nor begun, and nothing that builds on
 * it; where there is none, by undo.
 * @param names of the planned steps that are asked for
 * @param checkpoints oldest first; only those that can be gone back to
 */
export function planReset(
  course: readonly PlannedStep[],
  names: readonly string[],
  done: ReadonlySet<string>,
  checkpoints: readonly CheckpointRecord[],
): ResetPlan {
  const gone = withDependents(course, names);
  const asked = course.map(({ name }) => name).filter((name) => gone.has(name) && done.has(name));
  const checkpoint = checkpoints.findLast(
    (one) => ![...one.done, ...one.underway].some((name) => gone.has(name)),
  );
  if (checkpoint === undefined) return { checkpoint, asked, besides: [] };
  const stays = new Set(checkpoint.done);
  const besides = [...done].filter((name) => !gone.has(name) && !stays.has(name));
  return { checkpoint, asked, besides };
}
