import type { Reading } from "../engine/reading.ts";
import { graph } from "../graph/reading.ts";
import { handbook } from "../handbook/reading.ts";
import type { CliCommand, Invocation } from "./command.ts";
import { openStack } from "./stack.ts";
import { show } from "./views/show.ts";

/** Every reading that is a command by this table alone. Another one is a folder of its own and a line here. */
export const READINGS: readonly Reading[] = [handbook, graph];

/** The command of a reading: opens the stack, lets it read, and prints what it found. */
export const readingCommand = ({ read, ...described }: Reading): CliCommand => ({
  ...described,
  run: async (invocation: Invocation<{ readonly lab?: string }>) => {
    const { context, options, args } = invocation;
    const stack = await openStack(invocation, options.lab);
    const { lines = [], records, notes = [], code = 0 } = await read({ stack, options, args });
    if (options.json || lines.length > 0) {
      show(
        invocation,
        () => lines,
        () => records,
      );
    }
    for (const note of notes) context.stderr.write(`${note}\n`);
    return code;
  },
});
