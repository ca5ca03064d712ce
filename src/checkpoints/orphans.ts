import { randomUUID } from "node:crypto";
import { readdir } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { isAlive } from "../engine/lock.ts";
import { intentStatus } from "../engine/restore-intent.ts";
import { readJson, removePath, writeJson } from "../engine/stack-files.ts";
import type { Checkpoints } from "../hardware/types.ts";
import { checkpointFolder, forgetFiles, records } from "./record.ts";

/** Work on checkpoints that goes on: where it is killed, its snapshots may be orphans. */
interface PendingWork {
  /** Ids of checkpoints whose record is not written yet, or is about to be removed. */
  readonly ids: readonly string[];
  readonly pid: number;
  readonly hostname: string;
}

const pendingFolder = (stack: string): string => join(checkpointFolder(stack), "unsettled");

/**
 * Runs work that writes or removes records of checkpoints, then removes snapshots and files without a record. A file announces the
 * work before it begins: where it is killed, the next work on checkpoints removes what it left.
 * @param ids ids of all checkpoints that may be without a record afterwards
 */
export async function withoutOrphans<T>(
  stack: string,
  hardware: Pick<Checkpoints, "remove">,
  ids: readonly string[],
  work: () => Promise<T>,
): Promise<T> {
  await removeAfterKill(stack, hardware);
  const file = join(pendingFolder(stack), `${randomUUID()}.json`);
  await writeJson(file, { ids, pid: process.pid, hostname: hostname() } satisfies PendingWork);
  const result = await work().catch(async (error: unknown) => {
    // The error is what counts. Orphans that cannot be removed now are removed by the next work on checkpoints.
    await removeOrphans(stack, hardware, ids, file).catch(() => undefined);
    throw error;
  });
  await removeOrphans(stack, hardware, ids, file);
  return result;
}

/** Removes the orphans of work that was killed. */
async function removeAfterKill(stack: string, hardware: Pick<Checkpoints, "remove">): Promise<void> {
  const here = { pid: process.pid, hostname: hostname() };
  const names = await readdir(pendingFolder(stack)).catch(() => []);
  for (const name of names.filter((one) => one.endsWith(".json"))) {
    const file = join(pendingFolder(stack), name);
    const pending = await readJson<PendingWork>(file);
    if (pending !== undefined && intentStatus(pending, here, isAlive) === "interrupted")
      await removeOrphans(stack, hardware, pending.ids, file);
  }
}

async function removeOrphans(
  stack: string,
  hardware: Pick<Checkpoints, "remove">,
  ids: readonly string[],
  file: string,
): Promise<void> {
  const named = new Set((await records(stack)).map(({ id }) => id));
  const gone = [...new Set(ids)].filter((id) => !named.has(id));
  await hardware.remove(stack, gone);
  for (const id of gone) await forgetFiles(stack, id);
  await removePath(file);
}
