import { readdir, stat, unlink } from "node:fs/promises";
import { join } from "node:path";
import { backendFolder } from "../config/paths.ts";

/**
 * Removes what a killed engine left half written in a file backend. Beside each file there is one with its attributes, which is
 * truncated and then written. An empty one makes every command fail with "failed to load checkpoint: EOF", although the state is
 * complete. Without the file, the engine goes on.
 * Source: gocloud.dev v0.46, blob/fileblob, setAttrs and getAttrs.
 */
export async function removeHalfWritten(backend: string): Promise<void> {
  const root = backendFolder(backend);
  if (root === undefined) return;
  for (const part of ["stacks", "locks"]) {
    const folder = join(root, ".pulumi", part);
    const names = await readdir(folder, { recursive: true }).catch(() => []);
    for (const name of names.filter((file) => file.endsWith(".attrs"))) {
      const path = join(folder, name);
      // A running engine removes or completes its file a moment later.
      const size = await stat(path).then(
        (found) => found.size,
        () => undefined,
      );
      if (size === 0) await unlink(path).catch(() => undefined);
    }
  }
}

/** Removes the drafts of a stack's state that a killed engine did not rename to the state file. */
export async function removeDrafts(backend: string, project: string, stack: string): Promise<void> {
  const root = backendFolder(backend);
  if (root === undefined) return;
  const folder = join(root, ".pulumi/stacks", project);
  const names = await readdir(folder).catch(() => []);
  const drafts = names.filter((name) => name.startsWith(`${stack}.json.`) && name.endsWith(".tmp"));
  await Promise.all(drafts.map((name) => unlink(join(folder, name)).catch(() => undefined)));
}
