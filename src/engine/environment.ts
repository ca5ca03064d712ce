import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { link, mkdir, unlink, writeFile } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { foundEngine, ownEngine } from "../config/engine.ts";
import { UserError } from "../config/errors.ts";
import { cache, home } from "../config/paths.ts";

/**
 * The folder whose `bin/pulumi` is used: the pinned engine, else the one that was on PATH at set-up.
 * @returns undefined when set-up has not provided an engine yet
 */
export function engineRoot(env: NodeJS.ProcessEnv = process.env): string | undefined {
  const complete = (root: string): boolean =>
    existsSync(join(root, "bin/pulumi")) && existsSync(join(root, "bin/pulumi-language-nodejs"));
  return [ownEngine(env), foundEngine(env)].find(complete);
}

/**
 * What the engine needs in its environment, for `lab` and for `scripts/pulumi`. Makes folders and the passphrase file if they do not
 * exist. What the user has set stays: backend, passphrase, plugin folder.
 */
export async function engineEnvironment(env: NodeJS.ProcessEnv): Promise<Record<string, string>> {
  const root = engineRoot(env);
  return {
    PULUMI_BACKEND_URL: env.PULUMI_BACKEND_URL ?? (await stateFolder(env)),
    ...(await passphrase(env)),
    // Plugins and the selected stack; the user's own ~/.pulumi stays untouched.
    PULUMI_HOME: env.PULUMI_HOME ?? join(cache(env), "pulumi"),
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PATH: [...(root === undefined ? [] : [join(root, "bin")]), env.PATH ?? ""].join(delimiter),
  };
}

async function stateFolder(env: NodeJS.ProcessEnv): Promise<string> {
  const folder = join(home(env), "state");
  await mkdir(folder, { recursive: true, mode: 0o700 });
  // Without `metadata=skip` there is a file of attributes beside each state file. If the engine is killed while it writes one, the
  // file is empty, and every later command fails with "failed to load checkpoint: EOF".
  return `file://${folder}?metadata=skip`;
}

async function passphrase(env: NodeJS.ProcessEnv): Promise<Record<string, string>> {
  if (env.PULUMI_CONFIG_PASSPHRASE !== undefined) {
    return { PULUMI_CONFIG_PASSPHRASE: env.PULUMI_CONFIG_PASSPHRASE };
  }
  if (env.PULUMI_CONFIG_PASSPHRASE_FILE !== undefined) {
    return { PULUMI_CONFIG_PASSPHRASE_FILE: env.PULUMI_CONFIG_PASSPHRASE_FILE };
  }
  const file = join(home(env), "passphrase");
  if (!existsSync(file)) await generatePassphrase(home(env), file);
  return { PULUMI_CONFIG_PASSPHRASE_FILE: file };
}

/** Atomic, and the first of two processes wins: with a lost passphrase, every secret in the state is unreadable. */
async function generatePassphrase(folder: string, file: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const draft = `${file}.${process.pid}.${randomBytes(4).toString("hex")}`;
  await writeFile(draft, randomBytes(32).toString("base64url"), { mode: 0o600, flag: "wx" });
  try {
    await link(draft, file);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
  } finally {
    await unlink(draft);
  }
}

/** Bare `pulumi` gives its plugins all variables of the shell. @throws UserError naming those that are wrong, not their values */
export function refuseShell(corrections: Readonly<Record<string, string>>): void {
  const names = Object.keys(corrections);
  if (names.length === 0) return;
  const unset = names.filter((name) => corrections[name] === "");
  const set = names.filter((name) => corrections[name] !== "");
  const fix = [
    ...(unset.length > 0 ? [`unset ${unset.join(" ")}`] : []),
    ...set.map((name) => `export ${name}=${corrections[name]}`),
  ];
  throw new UserError(
    `environment: found ${names.join(", ")} not as the stack's hardware needs it, which would lead to another cloud; ` +
      `expected what the stack file names. To fix it: run \`${fix.join("; ")}\`, or use \`lab\` or \`scripts/pulumi\`, which do so.`,
  );
}
