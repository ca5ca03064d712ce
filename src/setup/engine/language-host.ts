import { existsSync } from "node:fs";
import { chmod, copyFile, readFile, rename } from "node:fs/promises";
import { join } from "node:path";
import { ENGINE_SOURCE, isOwnLanguageHost } from "../../config/engine.ts";

const SOURCE = join(ENGINE_SOURCE, "language-host.cjs");

/** Whether the engine has a language host beside it: an official one, or the one of this checkout. */
export async function hasLanguageHost(root: string): Promise<boolean> {
  const path = join(root, "bin/pulumi-language-nodejs");
  if (!existsSync(path)) return false;
  return (
    !(await isOwnLanguageHost(root)) || (await readFile(path, "utf8")) === (await readFile(SOURCE, "utf8"))
  );
}

/** Puts the language host of this checkout beside the engine, where the engine looks for it. */
export async function installLanguageHost(root: string): Promise<void> {
  const path = join(root, "bin/pulumi-language-nodejs");
  const draft = `${path}.${process.pid}`;
  await copyFile(SOURCE, draft);
  await chmod(draft, 0o755);
  await rename(draft, path);
}
