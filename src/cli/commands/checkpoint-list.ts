import { command } from "../command.ts";
import { openStack } from "../stack.ts";
import { checkpointsView } from "../views/checkpoint.ts";

export const checkpointList = command({
  name: "list",
  summary: "list the checkpoints that can be restored: when each was saved, and what was done by then",
  run: async (invocation) => {
    const { checkpointsUnsupported } = await import("../../checkpoints/unsupported.ts");
    const stack = await openStack(invocation);
    const all = await invocation.context.lab.checkpoints.list(stack);
    if (all === undefined) throw checkpointsUnsupported(stack.config);
    const usable = all.filter(({ lost }) => lost.length === 0);
    checkpointsView(invocation, stack.name, usable, all.length - usable.length);
    return 0;
  },
});
