import { command } from "../command.ts";
import { openStackToChange } from "../stack.ts";
import { savedView } from "../views/checkpoint.ts";

export const checkpointSave = command({
  name: "save",
  summary: "save all nodes and the state as they are now; an earlier checkpoint of this name is replaced",
  arguments: [["<name>", "lower-case letters, digits, hyphens and underscores"]],
  run: async (invocation) => {
    const [name = ""] = invocation.args;
    const stack = await openStackToChange(invocation);
    const built = { name: stack.name, config: stack.configFor(await stack.target()) };
    savedView(invocation, stack.name, await invocation.context.lab.checkpoints.save(built, name));
    return 0;
  },
});
