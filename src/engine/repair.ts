import { readdir, stat, unlink } from "node:fs/promises";
import { join } from "node:path";
import { backendFolder } from "../config/paths.ts";

/**
 * Takes away what an engine that was killed left half written in a file backend. Beside each of its files lies one with
 * its attributes; it is emptied, then written, and found empty every command ends in "failed to load checkpoint: EOF",
 * although the state itself is whole. Without it the engine goes on as if it had never been there.
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
      // A living engine's file may be gone, or whole, a moment later: neither is ours to mend.
      const size = await stat(path).then(
        (found) => found.size,
        () => undefined,
      );
      if (size === 0) await unlink(path).catch(() => undefined);
    }
  }
}

/** Takes away the drafts of a stack's state that a killed engine did not come to put in place. */
export async function removeDrafts(backend: string, project: string, stack: string): Promise<void> {
  const root = backendFolder(backend);
  if (root === undefined) return;
  const folder = join(root, ".pulumi/stacks", project);
  const names = await readdir(folder).catch(() => []);
  const drafts = names.filter((name) => name.startsWith(`${stack}.json.`) && name.endsWith(".tmp"));
  await Promise.all(drafts.map((name) => unlink(join(folder, name)).catch(() => undefined)));
}
