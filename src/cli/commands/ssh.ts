import { UserError } from "../../config/errors.ts";
import { LAB } from "../../config/paths.ts";
import type { CliCommand } from "../command.ts";
import { nodeNamed } from "../names.ts";
import { openStack } from "../stack.ts";

export const ssh: CliCommand = {
  name: "ssh",
  summary: "open a shell on a node",
  arguments: [["<node>", "name of a node"]],
  run: async (invocation) => {
    const { context, args } = invocation;
    const [name = ""] = args;
    const stack = openStack(invocation);
    const node = nodeNamed(name, await stack.state());
    if (!context.stdin.isTTY) {
      throw new UserError(`ssh needs a terminal. For one command: ${LAB} exec ${name} -- <command>`);
    }
    return context.lab.shell(node.connection);
  },
};
