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
export type { JudgedStep, Standing } from "./judge.ts";
export { logRoot } from "./log.ts";
export type { Looked, LookOptions } from "./look.ts";
export type { DoneStep, Observed, ObservedNode } from "./observe.ts";
export { type RedoOptions, redo } from "./redo.ts";
export type { RunFailure, RunReport, RunStep } from "./report.ts";
export { down, takeBack } from "./run.ts";
export { observe } from "./state.ts";
export type { Answer, Ask, Question } from "./walk.ts";
