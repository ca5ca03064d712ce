import type { KnownCheckpoint } from "../checkpoints/index.ts";
import { LAB } from "../config/paths.ts";
import type { Stack } from "../engine/stack.ts";
import type { Invocation } from "./command.ts";
import { duration } from "./display/text.ts";
import { INTERRUPTED } from "./interrupt.ts";
import { writeJson } from "./json.ts";

/** Goes back to a checkpoint and says so. Ctrl-C leaves at once: what was begun is noted, and finished later. */
export async function goBack(
  { context, options }: Invocation,
  stack: Stack,
  checkpoint: Pick<KnownCheckpoint, "name" | "lab">,
): Promise<number> {
  const { stdout, stderr } = context;
  const { name, lab } = checkpoint;
  const began = Date.now();
  const release = context.onInterrupt(() => {
    stderr.write(
      `Interrupted: nodes and state do not belong together now. \`${LAB} checkpoint restore ${name}\` finishes it, as does \`${LAB} up\`.\n`,
    );
    context.exit(INTERRUPTED);
  });
  try {
    await context.lab.restoreCheckpoint(stack, name, (text) => stderr.write(`${text}\n`));
  } finally {
    release();
  }
  const seconds = (Date.now() - began) / 1000;
  if (options.json) {
    writeJson(stdout, { type: "summary", ok: true, checkpoint: name, lab, seconds });
    return 0;
  }
  const file =
    lab === stack.config.lab
      ? ""
      : ` The stack's file says ${stack.config.lab}: \`${LAB} up\` goes on to it.`;
  stdout.write(
    `${stack.name} is back at ${name} (${duration(seconds)}).${file}\n` +
      `Its services are starting: \`${LAB} verify\` looks at what is done, \`${LAB} up\` goes on.\n`,
  );
  return 0;
}
