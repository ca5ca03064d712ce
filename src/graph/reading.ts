import { writeFileSync } from "node:fs";
import { UserError } from "../config/errors.ts";
import { notOneOf, showProblem } from "../config/problems.ts";
import { reading, stateIfReadable } from "../engine/reading.ts";
import { FORMATS } from "./formats.ts";

/** `lab graph`: the lab as a drawing, or as data. */
export const graph = reading({
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
  read: async ({ stack, options: { format = "svg", out, json } }) => {
    const render = await formatNamed(format)();
    const { topologyOf } = await import("./topology.ts");
    const { state, why } = await stateIfReadable(stack);
    const topology = topologyOf(stack, state.nodes.length > 0 ? state : undefined);
    const notes = why === undefined ? [] : [`Drawn as configured: ${why}`];
    if (out === undefined) {
      return { lines: json ? [] : [render(topology).replace(/\n$/, "")], records: [topology], notes };
    }
    write(out, json ? `${JSON.stringify(topology)}\n` : render(topology));
    return { records: [], notes: [...notes, `${out} written`] };
  },
});

function formatNamed(name: string): (typeof FORMATS)[string] {
  const found = Object.hasOwn(FORMATS, name) ? FORMATS[name] : undefined;
  if (found === undefined)
    throw new UserError(showProblem(notOneOf(["--format"], name, Object.keys(FORMATS))));
  return found;
}

function write(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new UserError(`--out: cannot write ${file}: ${code ?? message}`);
  }
}
