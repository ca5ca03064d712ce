import { UserError } from "../../config/errors.ts";
import { LAB } from "../../config/paths.ts";
import type { Observed } from "../../engine/observed.ts";
import { NOTHING, type Stack } from "../../engine/stack.ts";
import { svg } from "../../graph/svg/index.ts";
import { command } from "../command.ts";
import type { Context } from "../context.ts";
import { openStack } from "../stack.ts";
import { handbookView } from "../views/handbook.ts";

export const handbook = command({
  name: "handbook",
  summary: "write the handbook of this lab: concepts, every step with its commands, the path of a request",
  options: [
    ["--out <dir>", "write into this folder: empty, new, or with an earlier handbook"],
    ["--share", "leave out every password, so that you can give the folder to others"],
  ],
  run: async (invocation) => {
    const { context, options } = invocation;
    const { readings } = context.lab;
    const { out, share = false } = options;
    if (out === undefined) throw new UserError(`--out: name a folder, e.g. ${LAB} handbook --out handbook`);
    const stack = await openStack(invocation);
    const { name, config } = stack;
    const observed = await observedIfReadable(context, stack);
    const day = new Date().toISOString().slice(0, 10);
    const built = observed.nodes.length > 0 ? observed : undefined;
    const topology = svg(await readings.topology(stack, built));
    const source = { stack: name, config, observed, share, day, topology };
    handbookView(invocation, name, observed.exists, await readings.handbook(out, source));
    return 0;
  },
});

/** A handbook needs no set-up: the configuration alone is enough. */
async function observedIfReadable({ stderr }: Context, stack: Stack): Promise<Observed> {
  try {
    return await stack.state();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    stderr.write(`Written as configured: the state of ${stack.name} cannot be read. ${error.message}\n`);
    return NOTHING;
  }
}
