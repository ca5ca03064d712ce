import { randomUUID } from "node:crypto";
import { readdir } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { isAlive } from "../engine/lock.ts";
import { judgeIntent } from "../engine/restore-intent.ts";
import { readJson, removePath, writeJson } from "../engine/stack-files.ts";
import type { Checkpoints } from "../hardware/types.ts";
import { checkpointFolder, forgetFiles, records } from "./record.ts";

/** Snapshots that may come to be nobody's while somebody is at work. */
interface Note {
  /** Of checkpoints whose record is not there yet, or about to go. */
  readonly ids: readonly string[];
  readonly pid: number;
  readonly hostname: string;
}

const noteFolder = (stack: string): string => join(checkpointFolder(stack), "unsettled");

/**
 * Does what gives checkpoints their records, or takes records away; then removes the snapshots and files of those that have none. It is
 * noted before: where this is killed, the next that works on checkpoints removes them.
 * @param ids of all checkpoints that may be left without a record
 */
export async function leavingNone<T>(
  stack: string,
  hardware: Pick<Checkpoints, "remove">,
  ids: readonly string[],
  work: () => Promise<T>,
): Promise<T> {
  await sweepLeft(stack, hardware);
  const file = join(noteFolder(stack), `${randomUUID()}.json`);
  await writeJson(file, { ids, pid: process.pid, hostname: hostname() } satisfies Note);
  const result = await work().catch(async (error: unknown) => {
    // What went wrong is told; what is left of it the next one removes where this cannot.
    await settle(stack, hardware, ids, file).catch(() => undefined);
    throw error;
  });
  await settle(stack, hardware, ids, file);
  return result;
}

/** Removes what those left who were killed at it. */
async function sweepLeft(stack: string, hardware: Pick<Checkpoints, "remove">): Promise<void> {
  const here = { pid: process.pid, hostname: hostname() };
  const names = await readdir(noteFolder(stack)).catch(() => []);
  for (const name of names.filter((one) => one.endsWith(".json"))) {
    const file = join(noteFolder(stack), name);
    const note = await readJson<Note>(file);
    if (note !== undefined && judgeIntent(note, here, isAlive) === "cut off")
      await settle(stack, hardware, note.ids, file);
  }
}

async function settle(
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
