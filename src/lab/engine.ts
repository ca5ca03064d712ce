import { execFile } from "node:child_process";
import { join } from "node:path";
import { CommandError, LocalWorkspace, PulumiCommand, type Stack } from "@pulumi/pulumi/automation/index.js";
import { LOOKED } from "../actions/marks.ts";
import { UserError } from "../config/errors.ts";
import { ROOT } from "../config/paths.ts";
import { engineEnvironment, engineRoot } from "./environment.ts";
import { hasStaleLock } from "./lock.ts";
import type { Outputs } from "./outputs.ts";
import { program } from "./program.ts";
import { mendTorn, sweepDrafts } from "./torn.ts";

export const PROJECT = "scratchstack";

/** The engine and what it needs to know: our backend, our passphrase. */
async function workspace(): Promise<{ root: string; env: Record<string, string> }> {
  const root = engineRoot();
  if (root === undefined) {
    throw new UserError("The Pulumi engine is not there yet. Run scripts/setup, then this command again.", 1);
  }
  const env = await engineEnvironment(process.env);
  await mendTorn(env.PULUMI_BACKEND_URL ?? "");
  return { root, env };
}

/** Runs the engine's own command line in the checkout and gives back what it printed. */
export async function pulumi(args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const { env, root } = await workspace();
  return new Promise((resolve) => {
    const options = { cwd: ROOT, env: { ...process.env, ...env }, maxBuffer: 256 * 2 ** 20 };
    execFile(join(root, "bin/pulumi"), [...args, "--non-interactive"], options, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === "number" ? error.code : 1;
      resolve({ code, stdout, stderr });
    });
  });
}

/** For a state that the engine cannot open, whatever the reason: a backend out of reach, another passphrase. */
export function unreachable(stack: string, said: string): UserError {
  const lines = said.split("\n").filter((line) => line.startsWith("error: "));
  const reasons = [...new Set(lines)];
  return new UserError(
    `The state of stack ${stack} cannot be read; nothing was touched. The engine says: ` +
      `${(reasons.length > 0 ? reasons.map((line) => line.slice("error: ".length)).join("; ") : said).trim()}. ` +
      `Expected its state at ${process.env.PULUMI_BACKEND_URL ?? "the default place"} and the passphrase it was made ` +
      "with: see that PULUMI_BACKEND_URL and PULUMI_CONFIG_PASSPHRASE are those it was built with, then run the command again.",
    1,
  );
}

/**
 * Whether an engine that was killed left its lock on a stack.
 * @throws UserError when somebody is at work on it
 */
export async function isLocked(name: string): Promise<boolean> {
  const { env } = await workspace();
  return hasStaleLock(env.PULUMI_BACKEND_URL ?? "", PROJECT, name);
}

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
  const pulumiCommand = await PulumiCommand.get({ root: join(ROOT, "src/lab/session") });
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
