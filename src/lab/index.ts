import { pulumi, unreachable } from "./engine.ts";
import type { StateResource } from "./observe.ts";
import { NOTHING, type Observed, observed } from "./observe.ts";

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
  const { code, stdout, stderr } = await pulumi(["stack", "export", "--show-secrets", "--stack", stack]);
  if (code !== 0) {
    if (/no stack named/.test(stderr)) return NOTHING;
    throw unreachable(stack, stderr);
  }
  const { deployment } = JSON.parse(stdout) as { deployment: { resources?: StateResource[] } };
  return observed(deployment.resources ?? []);
}
