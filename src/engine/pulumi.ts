import { execFile } from "node:child_process";
import { join } from "node:path";
import { UserError } from "../config/errors.ts";
import { ROOT } from "../config/paths.ts";
import { PROJECT } from "./backend.ts";
import { engineEnvironment, engineRoot } from "./environment.ts";
import { hasStaleLock } from "./lock.ts";
import { removeHalfWritten } from "./repair.ts";

/** Resources that the engine works on at once. More than a lab has: dependencies and each node's connection decide the order. */
export const PARALLEL = 64;

/** The folder of the engine, and its environment with backend and passphrase. */
export async function workspace(): Promise<{ root: string; env: Record<string, string> }> {
  const root = engineRoot();
  if (root === undefined) {
    throw new UserError("The Pulumi engine is not there yet. Run scripts/setup, then this command again.", 1);
  }
  const env = await engineEnvironment(process.env);
  await removeHalfWritten(env.PULUMI_BACKEND_URL ?? "");
  return { root, env };
}

/** Runs the engine's own command line in the checkout. */
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

/** The error for a state that the engine cannot open, e.g. an unreachable backend or another passphrase. */
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
 * @throws UserError when another process works on it
 */
export async function isLocked(name: string): Promise<boolean> {
  const { env } = await workspace();
  return hasStaleLock(env.PULUMI_BACKEND_URL ?? "", PROJECT, name);
}
