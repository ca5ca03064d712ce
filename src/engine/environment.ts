import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { link, mkdir, unlink, writeFile } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { foundEngine, ownEngine } from "../config/engine.ts";
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
 * What the engine needs in its environment, whoever runs it (`lab`, `scripts/pulumi`). Folders and the passphrase file
 * are made when they are not there. What the user has set stays: any backend, any passphrase, any plugin folder.
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
  // Without `metadata=skip` a file of attributes lies beside each file of state. An engine killed while it writes one
  // leaves it empty, and so does one that is only read at that moment: "failed to load checkpoint: EOF".
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

/** Whole or not at all, and the first of two at once wins: a lost passphrase makes every secret of the state unreadable. */
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
