import type { CheckpointRecord } from "../checkpoints/record.ts";
import { withDependents } from "../plan/closure.ts";
import type { PlannedStep } from "../plan/planned-steps.ts";

/** How steps are reset. */
export interface ResetPlan {
  /** The checkpoint that is restored. @default undefined: the steps are undone one by one */
  readonly checkpoint: CheckpointRecord | undefined;
  /** Names of the requested planned steps and their dependents, as far as they are done. */
  readonly asked: readonly string[];
  /** Names of other steps that were done after the checkpoint: they go too, and `up` does them again. */
  readonly besides: readonly string[];
}

/**
 * Decides how a service is reset: by the newest checkpoint in which none of its steps and their dependents was done or being done;
 * without such a checkpoint, by undo.
 * @param names the requested planned steps
 * @param checkpoints those that can be restored, oldest first
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
