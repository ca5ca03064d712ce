import { UserError } from "../../config/errors.ts";
import { LAB } from "../../config/paths.ts";
import { stepNamed } from "../../run/named.ts";
import { command } from "../command.ts";
import { interruptible } from "../interrupt.ts";
import { openStackToChange } from "../stack.ts";
import { redoView } from "../views/redo.ts";

export const redo = command({
  name: "redo",
  summary: "do one step again, print what it prints, and exit with its exit code",
  arguments: [["<step>", "e.g. keystone/bootstrap, or on one node nova-compute/start@compute"]],
  run: async (invocation) => {
    const { context, args } = invocation;
    const [wanted = ""] = args;
    const stack = await (await openStackToChange(invocation)).built();
    const found = stepNamed(stack, wanted);
    const missing = found.filter(({ name }) => !stack.done.has(name)).map(({ name }) => name);
    if (missing.length > 0) {
      throw new UserError(
        `${missing.join(", ")} in ${stack.name}: found not done yet, expected a step that is done; ` +
          `\`${LAB} up --through ${wanted}\` does it with its dependencies.`,
        1,
      );
    }
    const say = (text: string): unknown => context.stderr.write(`${text}\n`);
    const onEvent = redoView(invocation, stack.name);
    return interruptible(context, say, (signal) => context.lab.run.redo(stack, found, { onEvent, signal }));
  },
});
