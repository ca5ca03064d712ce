import { stackFile } from "../../config/stack-file.ts";
import type { Observed } from "../../engine/observed.ts";
import type { Stack } from "../../engine/stack.ts";
import type { Foreign } from "../../hardware/types.ts";
import { command } from "../command.ts";
import { confirmation } from "../confirm.ts";
import { concludeRun, followRun } from "../follow.ts";
import { openStackToChange } from "../stack.ts";
import { nothingToDoView, unchangedView } from "../views/unchanged.ts";

export const down = command({
  name: "down",
  summary: "take the lab down: nodes, networks and state",
  options: [
    [
      "--take-over",
      "remove nodes and networks of the stack's name that another state made, too: where that state is lost",
    ],
    ["--yes", "do not ask"],
  ],
  run: async (invocation) => {
    const { downLines, notUndone } = await import("../views/down.ts");
    const { refuseForeign } = await import("../../engine/ownership.ts");
    const { context, options } = invocation;
    const stack = await openStackToChange(invocation);
    const { name } = stack;
    const confirm = confirmation(invocation, {
      asks: "down asks before it destroys",
      instead: `Use --yes to take ${name} down.`,
    });
    // Nodes and state that do not match, because a restore was interrupted, can be removed too.
    const observed = await stack.state("interrupted restore");
    const foreign = await context.lab.run.othersOf(stack, observed);
    if (options.takeOver !== true) refuseForeign(name, foreign);
    if (!observed.exists && foreign.length === 0) {
      nothingToDoView(invocation, name, `Nothing to take down: ${name} does not exist.`);
      return 0;
    }
    if (stack.validConfig === undefined) {
      const file = stackFile(name, context.stacks);
      context.stderr.write(`${file} is not valid any more; only the state is used.\n`);
    }
    const asked = await question(stack, observed, foreign);
    if (!(await confirm(() => asked))) {
      unchangedView(invocation, name, { changed: 0 });
      return 1;
    }
    const nodes = observed.nodes.map((node) => node.name);
    const left: string[] = [];
    const run = await followRun(invocation, { stack: name, verb: "down", nodes }, (handlers) =>
      context.lab.run.down(stack, {
        ...handlers,
        takeOver: options.takeOver === true,
        onEvent: (event) => {
          left.push(...notUndone(event));
          handlers.onEvent(event);
        },
      }),
    );
    return concludeRun(invocation, run, () => downLines(name, run.report, left));
  },
});

async function question(
  { name, validConfig }: Stack,
  observed: Observed,
  foreign: readonly Foreign[],
): Promise<string> {
  const { hardwareOf } = await import("../../hardware/lookup.ts");
  const nodes = observed.nodes.map((node) => node.name).join(", ");
  const all =
    (validConfig && hardwareOf(validConfig).removedByDown?.(nodes)) ??
    `the nodes ${nodes} with all that was built on them`;
  const what = [
    ...(nodes === "" ? [] : [all]),
    ...(observed.exists
      ? [
          `all networks, volumes, keys and passwords of the stack (${observed.resources.length} resources in all)`,
        ]
      : []),
    ...foreign.map(
      ({ what, by }) =>
        `the ${what} with all that is on it, which another state made: ${by ?? "not known which"}`,
    ),
  ];
  return `This takes down ${name} for good:\n${what.map((line) => `  - ${line}`).join("\n")}\nGo on?`;
}
