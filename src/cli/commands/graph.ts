import { writeFileSync } from "node:fs";
import { UserError } from "../../config/errors.ts";
import { notOneOf, showProblem } from "../../config/problems.ts";
import type { Stack } from "../../engine/stack.ts";
import { FORMATS } from "../../graph/formats.ts";
import type { Standing } from "../../graph/topology.ts";
import { command } from "../command.ts";
import type { Context } from "../context.ts";
import { openStack } from "../stack.ts";

export const graph = command({
  name: "graph",
  summary: "draw the lab, built or not: nodes, networks, bridges, services",
  options: [
    [
      "--format <name>",
      `${Object.keys(FORMATS).join(", ")} (default: svg); with --json the topology as data`,
    ],
    ["--lab <id>", "draw the stack with this lab, e.g. lab002"],
    ["--out <file>", "write to this file instead of standard output"],
  ],
  run: async (invocation) => {
    const { context, options } = invocation;
    const render = formatNamed(options.format ?? "svg");
    const stack = await openStack(invocation, options.lab);
    const topology = await context.lab.readings.topology(stack, await builtOf(context, stack));
    const text = options.json ? `${JSON.stringify(topology)}\n` : render(topology);
    if (options.out === undefined) context.stdout.write(text);
    else {
      write(options.out, text);
      context.stderr.write(`${options.out} written\n`);
    }
    return 0;
  },
});

function formatNamed(name: string): (typeof FORMATS)[string] {
  const found = Object.hasOwn(FORMATS, name) ? FORMATS[name] : undefined;
  if (found === undefined)
    throw new UserError(showProblem(notOneOf(["--format"], name, Object.keys(FORMATS))));
  return found;
}

/** Undefined when nothing is built, and when that cannot be found out: a drawing needs no set-up. */
async function builtOf({ stderr }: Context, stack: Stack): Promise<Standing | undefined> {
  try {
    const observed = await stack.state();
    return observed.exists && observed.nodes.length > 0 ? observed : undefined;
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    stderr.write(`Drawn as configured: the state of ${stack.name} cannot be read. ${error.message}\n`);
    return undefined;
  }
}

function write(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new UserError(`--out: cannot write ${file}: ${code ?? message}`);
  }
}
