import type { StackConfig } from "../config/schema.ts";
import { type Looked, type LookOptions, look } from "./look.ts";
import { observe } from "./state.ts";

export { bake, images, type KnownImage, removeImage } from "./bake.ts";
export type { LabEvent } from "./events.ts";
export { instances, type StepInstance } from "./instances.ts";
export type { JudgedStep, Standing } from "./judge.ts";
export { logRoot } from "./log.ts";
export type { Looked, LookOptions } from "./look.ts";
export type { DoneStep, Observed, ObservedNode } from "./observe.ts";
export type { RunFailure, RunReport, RunStep } from "./report.ts";
export { down, type RunOptions, up } from "./run.ts";
export { observe };

/** Looks whether what the state says was done still holds. Changes nothing. */
export async function lookAt(stack: string, config: StackConfig, options: LookOptions = {}): Promise<Looked> {
  return look(config, await observe(stack), options);
}
