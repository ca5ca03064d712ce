import type { CliCommand } from "../command.ts";
import { writeJson } from "../json.ts";
import { openStack } from "../stack.ts";
import { checkpointJson, doneBy } from "./checkpoint-list.ts";

export const checkpointSave: CliCommand = {
  name: "save",
  summary: "keep this moment, in place of an earlier one of its name",
  arguments: [["<name>", "small letters, digits, hyphens and underscores"]],
  run: async (invocation) => {
    const { context, options, args } = invocation;
    const stack = openStack(invocation);
    const { name } = stack;
    const now = { name, config: stack.configFor(await stack.target()) };
    const record = await context.lab.saveCheckpoint(now, args[0] ?? "");
    if (options.json) writeJson(context.stdout, checkpointJson(record));
    else context.stdout.write(`${name} as it is now is kept as ${record.name}: ${doneBy(record)}.\n`);
    return 0;
  },
};
