import { UserError } from "../../config/errors.ts";
import { LAB } from "../../config/paths.ts";
import { quote } from "../../config/quote.ts";
import type { CliCommand } from "../command.ts";
import { interruptible } from "../interrupt.ts";
import { nodeNamed } from "../names.ts";
import { openStack } from "../stack.ts";

export const exec: CliCommand = {
  name: "exec",
  summary: "run one command on a node; its exit code is this one's",
  arguments: [
    ["<node>", "name of a node"],
    ["<command...>", "the command; a single argument is shell text, several are passed on as they are"],
  ],
  passThrough: true,
  run: async (invocation) => {
    const { context, args } = invocation;
    const [name = "", first = "", ...others] = args;
    // What is passed through keeps the `--` that sets it off.
    const words = first === "--" ? others : [first, ...others];
    if (words.length === 0)
      throw new UserError(`exec: found no command, expected one: ${LAB} exec ${name} -- <command>`);
    const stack = openStack(invocation);
    const node = nodeNamed(name, await stack.state());
    const stdin = context.stdin.isTTY ? undefined : await context.stdin.readAll();
    const say = (text: string): unknown => context.stderr.write(`${text}\n`);
    const { code } = await interruptible(context, say, (signal) =>
      context.lab.exec(node.connection, {
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
};

/** As ssh takes it, but right: one argument is shell text, the words of several arrive as they were given. */
const shellText = (words: readonly string[]): string =>
  words.length === 1 ? words.join() : words.map(quote).join(" ");
