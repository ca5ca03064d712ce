import { join } from "node:path";
import { CommandError, LocalWorkspace, PulumiCommand, type Stack } from "@pulumi/pulumi/automation/index.js";
import { LOOKED } from "../actions/marks.ts";
import { ROOT } from "../config/paths.ts";
import type { Outputs } from "../program/outputs.ts";
import { program } from "../program/program.ts";
import { hasStaleLock } from "./lock.ts";
import { PROJECT, unreachable, workspace } from "./pulumi.ts";
import { sweepDrafts } from "./repair.ts";

/**
 * The stack, made if it is not there, ready for an operation: a lock left by an engine that was killed is taken away.
 * @param build its program. @default what its file says
 * @throws UserError when somebody else is at work on it
 */
export async function openStack(
  name: string,
  build: () => Promise<Outputs> = async () => program(),
): Promise<Stack> {
  const { root, env } = await workspace();
  // The Automation API reads these from its own process as well as from the options.
  Object.assign(process.env, env, { SCRATCHSTACK_ENGINE: root, [LOOKED]: "1" });
  const pulumiCommand = await PulumiCommand.get({ root: join(ROOT, "src/engine/session") });
  const inline = { stackName: name, projectName: PROJECT, program: build };
  const backend = env.PULUMI_BACKEND_URL ?? "";
  const stale = await hasStaleLock(backend, PROJECT, name);
  const options = { workDir: ROOT, envVars: { ...env, [LOOKED]: "1" }, pulumiCommand };
  const stack = await LocalWorkspace.createOrSelectStack(inline, options).catch((error: unknown) => {
    throw error instanceof CommandError ? unreachable(name, error.message) : error;
  });
  // Read by nobody here, and asked for after every operation with three more starts of the engine.
  stack.outputs = async () => ({});
  stack.info = async () => undefined;
  if (stale) {
    await sweepDrafts(backend, PROJECT, name);
    await stack.cancel();
  }
  return stack;
}
