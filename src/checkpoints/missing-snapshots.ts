import type { Checkpoints, Snapshot } from "../hardware/types.ts";
import { withoutOrphans } from "./orphans.ts";
import { type CheckpointRecord, forgetRecord, records } from "./record.ts";

/** The nodes of a checkpoint that have no snapshot any more: a node that is replaced takes its snapshots with it. */
export const nodesWithoutSnapshot = (
  { id, nodes }: Pick<CheckpointRecord, "id" | "nodes">,
  stored: readonly Snapshot[],
): string[] => nodes.filter((node) => !stored.some((one) => one.id === id && one.node === node));

export const missingSnapshots = async (
  stack: string,
  record: CheckpointRecord,
  hardware: Checkpoints,
): Promise<string[]> => nodesWithoutSnapshot(record, await hardware.stored(stack));

/** Removes the checkpoints that cannot be restored any more, with their remaining snapshots. */
export async function forgetUnrestorable(stack: string, hardware: Checkpoints): Promise<void> {
  const stored = await hardware.stored(stack);
  const unrestorable = (await records(stack)).filter(
    (record) => nodesWithoutSnapshot(record, stored).length > 0,
  );
  const ids = unrestorable.map(({ id }) => id);
  await withoutOrphans(stack, hardware, ids, async () => {
    for (const record of unrestorable) await forgetRecord(stack, record);
  });
}
