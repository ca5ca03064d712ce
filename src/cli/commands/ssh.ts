import { UserError } from "../../config/errors.ts";
import { LAB } from "../../config/paths.ts";
import { nodeNamed } from "../../run/named.ts";
import { command } from "../command.ts";
import { nameStack, openStack } from "../stack.ts";

export const ssh = command({
  name: "ssh",
  summary: "open a shell on a node",
  arguments: [["<node>", "name of a node"]],
  run: async (invocation) => {
    const { context, args } = invocation;
    const [name = ""] = args;
    const stack = await openStack(invocation);
    const node = await nodeNamed(stack, name);
    if (!context.stdin.isTTY) {
      throw new UserError(`ssh needs a terminal. For one command: ${LAB} exec ${name} -- <command>`);
    }
    nameStack(invocation, stack);
    return context.lab.nodes.shell(node.connection);
  },
});
