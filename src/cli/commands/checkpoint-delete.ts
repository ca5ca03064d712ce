import type { CliCommand } from "../command.ts";
import { writeJson } from "../json.ts";
import { openStack } from "../stack.ts";

export const checkpointDelete: CliCommand = {
  name: "delete",
  summary: "forget a checkpoint; the lab stays as it is",
  arguments: [["<checkpoint>", "name of a checkpoint"]],
  run: async (invocation) => {
    const { context, options, args } = invocation;
    const [name = ""] = args;
    const stack = openStack(invocation);
    await context.lab.deleteCheckpoint(stack, name);
    if (options.json) writeJson(context.stdout, { type: "summary", ok: true, deleted: name });
    else context.stdout.write(`Checkpoint ${name} of ${stack.name} is gone.\n`);
    return 0;
  },
};
