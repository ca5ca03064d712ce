import type { Checkpoints, Snapshot } from "../hardware/types.ts";
import { leavingNone } from "./orphans.ts";
import { type CheckpointRecord, forgetRecord, records } from "./record.ts";

/** The nodes of a checkpoint whose snapshot is not there any more: it went with a node that was made anew. */
export const missingIn = (
  { id, nodes }: Pick<CheckpointRecord, "id" | "nodes">,
  stored: readonly Snapshot[],
): string[] => nodes.filter((node) => !stored.some((one) => one.id === id && one.node === node));

export const lostNodes = async (
  stack: string,
  record: CheckpointRecord,
  hardware: Checkpoints,
): Promise<string[]> => missingIn(record, await hardware.stored(stack));

/** Forgets the checkpoints that cannot be gone back to any more, and what is left of them. */
export async function forgetLost(stack: string, hardware: Checkpoints): Promise<void> {
  const stored = await hardware.stored(stack);
  const lost = (await records(stack)).filter((record) => missingIn(record, stored).length > 0);
  const ids = lost.map(({ id }) => id);
  await leavingNone(stack, hardware, ids, async () => {
    for (const record of lost) await forgetRecord(stack, record);
  });
}
