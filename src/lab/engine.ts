import { execFile } from "node:child_process";
import { join } from "node:path";
import { LocalWorkspace, PulumiCommand, type Stack } from "@pulumi/pulumi/automation/index.js";
import { UserError } from "../config/errors.ts";
import { ROOT } from "../config/paths.ts";
import { engineEnvironment, engineRoot } from "./environment.ts";
import { hasStaleLock } from "./lock.ts";
import { program } from "./program.ts";

const PROJECT = "scratchstack";

/** The engine and what it needs to know: our backend, our passphrase. */
async function workspace(): Promise<{ root: string; env: Record<string, string> }> {
  const root = engineRoot();
  if (root === undefined) {
    throw new UserError("The Pulumi engine is not there yet. Run scripts/setup, then this command again.", 1);
  }
  return { root, env: await engineEnvironment(process.env) };
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

/**
 * The stack, made if it is not there, ready for an operation: a lock left by an engine that was killed is taken away.
 * @throws UserError when somebody else is at work on it
 */
export async function openStack(name: string): Promise<Stack> {
  const { root, env } = await workspace();
  // The Automation API reads these from its own process as well as from the options.
  Object.assign(process.env, env, { SCRATCHSTACK_ENGINE: root });
  const pulumiCommand = await PulumiCommand.get({ root: join(ROOT, "src/lab/session") });
  const inline = { stackName: name, projectName: PROJECT, program: async () => program() };
  const stale = await hasStaleLock(env.PULUMI_BACKEND_URL ?? "", PROJECT, name);
  const stack = await LocalWorkspace.createOrSelectStack(inline, {
    workDir: ROOT,
    envVars: env,
    pulumiCommand,
  });
  if (stale) await stack.cancel();
  return stack;
}
