import type { Checkpoints } from "../../hardware/types.ts";
import { forgetFiles, records } from "./record.ts";

/** Removes the snapshots and files of checkpoints that no record names any more. @param ids those that may be meant */
export async function sweep(stack: string, hardware: Checkpoints, ids: readonly string[]): Promise<void> {
  const named = new Set((await records(stack)).map(({ id }) => id));
  const gone = [...new Set(ids)].filter((id) => !named.has(id));
  await hardware.remove(stack, gone);
  for (const id of gone) await forgetFiles(stack, id);
}
