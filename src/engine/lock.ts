import { readdir, readFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { UserError } from "../config/errors.ts";
import { backendFolder } from "../config/paths.ts";

interface Lock {
  readonly pid: number;
  readonly hostname: string;
  readonly username: string;
  readonly timestamp: string;
}

/** What is to be done about a lock: nothing is running any more, or somebody is. */
export function judgeLock(lock: Lock, here: string, alive: (pid: number) => boolean): "stale" | "held" {
  return lock.hostname === here && !alive(lock.pid) ? "stale" : "held";
}

/**
 * Whether the stack is locked by an engine that was killed. The engine's own lock names process and machine, so that a
 * dead holder can be told from a living one. Only for the file backend; others answer for themselves.
 * @throws UserError when a living engine holds it
 */
export async function hasStaleLock(backend: string, project: string, stack: string): Promise<boolean> {
  const root = backendFolder(backend);
  if (root === undefined) return false;
  const folder = join(root, ".pulumi/locks/organization", project, stack);
  const names = await readdir(folder).catch(() => []);
  let stale = false;
  for (const name of names.filter((file) => file.endsWith(".json"))) {
    const text = await readFile(join(folder, name), "utf8").catch(() => undefined);
    if (text === undefined) continue;
    const lock = JSON.parse(text) as Lock;
    if (judgeLock(lock, hostname(), isAlive) === "held") {
      throw new UserError(
        `Stack ${stack} is in use: process ${lock.pid} of ${lock.username} on ${lock.hostname} has worked on it since ` +
          `${lock.timestamp}. Wait for it to end, or end it, then run the command again.`,
        1,
      );
    }
    stale = true;
  }
  return stale;
}

/** Whether a process of this machine is there, whoever it belongs to. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it is there and belongs to somebody else.
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
