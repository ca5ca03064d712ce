import { join } from "node:path";
import {
  CommandError,
  LocalWorkspace,
  PulumiCommand,
  type PulumiFn,
  type Stack,
} from "@pulumi/pulumi/automation/index.js";
import { LAB_PROBES } from "../actions/environment.ts";
import { ROOT } from "../config/paths.ts";
import { PROJECT } from "./backend.ts";
import { hasStaleLock } from "./lock.ts";
import { unreachable, workspace } from "./pulumi.ts";
import { removeDrafts } from "./repair.ts";

/** The program of a stack that is only destroyed or unlocked: the engine runs no program for that. */
const noProgram = async (): Promise<never> => {
  throw new Error("the stack was opened without a program, so nothing can be built with it");
};

/**
 * Opens a stack for an operation of the engine, and makes it if it does not exist. Removes the lock of an engine that was killed.
 * @param build its program. @default none: enough to destroy the stack
 * @param plugin variables for the plugin of the stack's hardware. @default none
 * @throws UserError when another process works on the stack
 */
export async function openStack(
  name: string,
  build: PulumiFn = noProgram,
  plugin: Readonly<Record<string, string>> = {},
): Promise<Stack> {
  const { root, env } = await workspace();
  // The Automation API reads these from its own process as well as from the options.
  Object.assign(process.env, env, { SCRATCHSTACK_ENGINE: root, [LAB_PROBES]: "1" });
  const pulumiCommand = await PulumiCommand.get({ root: join(ROOT, "src/engine/session") });
  const inline = { stackName: name, projectName: PROJECT, program: build };
  const backend = env.PULUMI_BACKEND_URL ?? "";
  const stale = await hasStaleLock(backend, PROJECT, name);
  const options = { workDir: ROOT, envVars: { ...env, ...plugin, [LAB_PROBES]: "1" }, pulumiCommand };
  const stack = await LocalWorkspace.createOrSelectStack(inline, options).catch((error: unknown) => {
    throw error instanceof CommandError ? unreachable(name, error.message) : error;
  });
  // Nobody here reads them, and the library would start the engine three more times after every operation.
  stack.outputs = async () => ({});
  stack.info = async () => undefined;
  if (stale) {
    await removeDrafts(backend, PROJECT, name);
    await stack.cancel();
  }
  return stack;
}
