import { statfs } from "node:fs/promises";
import { run, work } from "../exec.ts";
import type { Say } from "../types.ts";
import { incusCommand } from "./daemon.ts";

/** The storage pool of all labs. Other pools are not used. */
export const POOL = "scratchstack";

const GIB = 2 ** 30;

/** Size in GiB of the loop file, which grows as it is filled: 80 % of the free space, between 10 and 100. */
export function poolSize(freeBytes: number): number {
  return Math.max(10, Math.min(100, Math.floor((freeBytes / GIB) * 0.8)));
}

/** The pool's driver; undefined when there is no such pool. */
export async function poolDriver(): Promise<string | undefined> {
  const { code, stdout } = await run(...(await incusCommand("query", `/1.0/storage-pools/${POOL}`)));
  return code === 0 ? JSON.parse(stdout).driver : undefined;
}

/** Makes the pool: btrfs on a loop file, where snapshots cost nothing, else a plain folder. */
export async function createPool(say: Say): Promise<void> {
  const free = await statfs("/var/lib/incus").then(({ bavail, bsize }) => bavail * bsize);
  const create = async (...how: string[]): Promise<string> => {
    const [command, args] = await incusCommand("storage", "create", POOL, ...how);
    return work(command, args, { doing: `making the storage pool ${POOL}`, say });
  };
  try {
    await create("btrfs", `size=${poolSize(free)}GiB`);
  } catch (error) {
    say(
      `  no btrfs pool (${error instanceof Error ? error.message.split("\n").at(-1) : error}): a plain folder instead`,
    );
    await create("dir");
  }
}
