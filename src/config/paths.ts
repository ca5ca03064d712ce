import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The checkout (or installed package) that this file belongs to. */
export const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** The command as people type it. */
export const LAB = "scripts/lab";

/** Folder of what must not be lost: state, passphrase, logs, records of networks. `$SCRATCHSTACK_HOME`, else in the user's data folder. */
export function home(env: NodeJS.ProcessEnv = process.env): string {
  return env.SCRATCHSTACK_HOME ?? join(env.XDG_DATA_HOME ?? join(homedir(), ".local/share"), "scratchstack");
}

/** The folder of a file backend of Pulumi. @returns undefined for any other backend */
export function backendFolder(backend: string): string | undefined {
  const file = "file://";
  return backend.startsWith(file) ? backend.slice(file.length).replace(/\?.*$/, "") : undefined;
}

/** Folder of what can be made again: engine, images, packages. `$SCRATCHSTACK_CACHE`, else in the user's cache folder. */
export function cache(env: NodeJS.ProcessEnv = process.env): string {
  return env.SCRATCHSTACK_CACHE ?? join(env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "scratchstack");
}
