import { UserError } from "../../config/errors.ts";
import { LAB } from "../../config/paths.ts";
import { quote } from "../../config/quote.ts";
import { nodeNamed } from "../../run/named.ts";
import { command } from "../command.ts";
import { interruptible } from "../interrupt.ts";
import { nameStack, openStack } from "../stack.ts";

export const exec = command({
  name: "exec",
  summary: "run one command on a node and exit with its exit code",
  arguments: [
    ["<node>", "name of a node"],
    ["<command...>", "the command; a single argument is shell text, several are passed on as they are"],
  ],
  passThrough: true,
  run: async (invocation) => {
    const { context, args } = invocation;
    const [name = "", first = "", ...others] = args;
    // What is passed through keeps the `--` before it.
    const words = first === "--" ? others : [first, ...others];
    if (words.length === 0)
      throw new UserError(`exec: found no command, expected one: ${LAB} exec ${name} -- <command>`);
    const stack = await openStack(invocation);
    const node = await nodeNamed(stack, name);
    // Elsewhere standard error is the command's own.
    if (context.stderr.isTTY) nameStack(invocation, stack);
    const stdin = context.stdin.isTTY ? undefined : await context.stdin.readAll();
    const say = (text: string): unknown => context.stderr.write(`${text}\n`);
    const { code } = await interruptible(context, say, (signal) =>
      context.lab.nodes.exec(node.connection, {
        command: shellText(words),
        root: true,
        ...(stdin === undefined ? {} : { stdin }),
        onStdout: (text) => context.stdout.write(text),
        onStderr: (text) => context.stderr.write(text),
        signal,
      }),
    );
    return code;
  },
});

/** One argument is shell text, as with ssh; several arrive on the node as they were given. */
const shellText = (words: readonly string[]): string =>
  words.length === 1 ? words.join() : words.map(quote).join(" ");
