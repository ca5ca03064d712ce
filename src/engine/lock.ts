import { readdir, readFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { UserError } from "../config/errors.ts";
import { backendFolder } from "../config/paths.ts";

interface Lock {
  readonly pid: number;
  readonly hostname: string;
  readonly username: string;
  readonly timestamp: string;
}

/**
 * Milliseconds that the holder of a lock gets to end. When `lab` is killed, its engine notices that a moment later, and a person who runs
 * the command again at once is not refused for that.
 */
const ENDING = 5_000;

/** Whether the process that holds a lock still runs. */
export function lockStatus(lock: Lock, here: string, alive: (pid: number) => boolean): "stale" | "held" {
  return lock.hostname === here && !alive(lock.pid) ? "stale" : "held";
}

/**
 * Whether a killed engine left its lock on a stack. The lock names process and machine. Only file backends are checked: the others
 * report a lock themselves.
 * @param limit milliseconds to wait for a holder that is ending. @default 5 s
 * @throws UserError when the process that holds the lock still runs then
 */
export async function hasStaleLock(
  backend: string,
  project: string,
  stack: string,
  limit: number = ENDING,
): Promise<boolean> {
  const root = backendFolder(backend);
  if (root === undefined) return false;
  const folder = join(root, ".pulumi/locks/organization", project, stack);
  const names = await readdir(folder).catch(() => []);
  let stale = false;
  for (const name of names.filter((file) => file.endsWith(".json"))) {
    const text = await readFile(join(folder, name), "utf8").catch(() => undefined);
    if (text === undefined) continue;
    const lock = JSON.parse(text) as Lock;
    if (lockStatus(lock, hostname(), isAlive) === "held" && !(await ends(lock, limit))) {
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

/** Waits for the holder of a lock to end. @returns false when it still runs after `limit`, or cannot be seen from this machine */
async function ends(lock: Lock, limit: number): Promise<boolean> {
  if (lock.hostname !== hostname()) return false;
  for (const last = Date.now() + limit; isAlive(lock.pid); await wait(100)) {
    if (Date.now() >= last) return false;
  }
  return true;
}

/** Whether a process of this machine exists, of any user. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it exists and belongs to another user.
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
