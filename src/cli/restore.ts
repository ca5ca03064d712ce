import type { KnownCheckpoint } from "../checkpoints/index.ts";
import { LAB } from "../config/paths.ts";
import type { Stack } from "../engine/stack.ts";
import type { Invocation } from "./command.ts";
import { INTERRUPTED } from "./interrupt.ts";
import { restoredView } from "./views/checkpoint.ts";

/** Restores a checkpoint and prints how it ended. Ctrl-C leaves at once: the restore is on record and is finished later. */
export async function restore(
  invocation: Invocation,
  stack: Stack,
  checkpoint: Pick<KnownCheckpoint, "name" | "lab">,
): Promise<number> {
  const { context } = invocation;
  const { stderr } = context;
  const { name } = checkpoint;
  const began = Date.now();
  const release = context.onInterrupt(() => {
    stderr.write(
      `Interrupted: nodes and state of ${stack.name} do not match now. \`${LAB} checkpoint restore ${name}\` finishes it, as does \`${LAB} up\`.\n`,
    );
    context.exit(INTERRUPTED);
  });
  try {
    await context.lab.checkpoints.restore(stack, name, (text) => stderr.write(`${text}\n`));
  } finally {
    release();
  }
  restoredView(invocation, stack, checkpoint, (Date.now() - began) / 1000);
  return 0;
}
