import { NOTHING, type Observed, observed } from "./observe.ts";
import { exported } from "./state.ts";

export { bake, images, type KnownImage, removeImage } from "./bake.ts";
export type { LabEvent } from "./events.ts";
export { instances, type StepInstance } from "./instances.ts";
export { logRoot } from "./log.ts";
export type { DoneStep, Observed, ObservedNode } from "./observe.ts";
export type { RunFailure, RunReport, RunStep } from "./report.ts";
export { down, type RunOptions, up } from "./run.ts";

/**
 * What the state says of a stack, its secrets in plain text: for use in memory only.
 * @throws UserError when the backend does not give it out
 */
export async function observe(stack: string): Promise<Observed> {
  const resources = await exported(stack);
  return resources === undefined ? NOTHING : observed(resources);
}
