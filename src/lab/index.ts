import { refuseHalfRestored } from "./checkpoints/intent.ts";
import { readGoal } from "./goal.ts";
import { NOTHING, type Observed, observed } from "./observe.ts";
import { exported } from "./state.ts";

export { bake, images, type KnownImage, removeImage } from "./bake.ts";
export {
  checkpoints,
  deleteCheckpoint,
  type KnownCheckpoint,
  restoreCheckpoint,
  saveCheckpoint,
} from "./checkpoints/index.ts";
export type { CheckpointRecord } from "./checkpoints/record.ts";
export { finishRestore } from "./checkpoints/restore.ts";
export type { LabEvent } from "./events.ts";
export type { RunOptions } from "./follow.ts";
export type { Goal } from "./goal.ts";
export { instances, type StepInstance } from "./instances.ts";
export { logRoot } from "./log.ts";
export type { DoneStep, Observed, ObservedNode } from "./observe.ts";
export { type RedoOptions, redo } from "./redo.ts";
export type { RunFailure, RunReport, RunStep } from "./report.ts";
export { down, takeBack, up } from "./run.ts";
export type { Answer, Ask, Question } from "./walk.ts";

/**
 * What the state says of a stack, its secrets in plain text: for use in memory only.
 * @param even also where nodes and state do not belong together, as a restore was cut off
 * @throws UserError when the backend does not give it out, and where a restore was cut off
 */
export async function observe(stack: string, even?: "half restored"): Promise<Observed> {
  if (even === undefined) await refuseHalfRestored(stack);
  const [resources, goal] = await Promise.all([exported(stack), readGoal(stack)]);
  if (resources === undefined) return NOTHING;
  return { ...observed(resources), ...(goal === undefined ? {} : { goal }) };
}
