import { command } from "../command.ts";
import { openStackToChange } from "../stack.ts";
import { deletedView } from "../views/checkpoint.ts";

export const checkpointDelete = command({
  name: "delete",
  summary: "delete a checkpoint; the lab stays as it is",
  arguments: [["<checkpoint>", "name of a checkpoint"]],
  run: async (invocation) => {
    const [name = ""] = invocation.args;
    const stack = await openStackToChange(invocation);
    await invocation.context.lab.checkpoints.delete(stack, name);
    deletedView(invocation, stack.name, name);
    return 0;
  },
});
