import { UserError } from "../../config/errors.ts";
import { cache, home } from "../../config/paths.ts";
import { stackFile } from "../../config/stack-file.ts";
import type { Observed } from "../../engine/observed.ts";
import type { Stack } from "../../engine/stack.ts";
import { NOT_UNDONE } from "../../hardware/kind.ts";
import { hardwareOf } from "../../hardware/lookup.ts";
import { hardwareResource } from "../../hardware/resources.ts";
import type { RunEvent } from "../../run/events.ts";
import type { CliCommand, Invocation } from "../command.ts";
import { duration } from "../display/text.ts";
import { concluded, followed } from "../follow.ts";
import { writeJson } from "../json.ts";
import { openStack } from "../stack.ts";

export const down: CliCommand = {
  name: "down",
  summary: "take the lab down: nodes, networks and state",
  options: [["--yes", "do not ask"]],
  run: async (invocation) => {
    const { context, options } = invocation;
    const stack = openStack(invocation);
    const { name } = stack;
    if (!options.yes && !context.stdin.isTTY) {
      throw new UserError(
        `down asks before it destroys, and there is no terminal to ask at. Say --yes to take ${name} down.`,
      );
    }
    // Nodes and state that do not belong together any more go just as well.
    const observed = await stack.state("interrupted restore");
    if (!observed.exists) {
      tell(invocation, `Nothing to take down: ${name} is not there.`, {
        type: "summary",
        ok: true,
        changed: 0,
      });
      return 0;
    }
    if (stack.validConfig === undefined) {
      const file = stackFile(name, context.stacks);
      context.stderr.write(`${file} is not right any more; going by the state alone.\n`);
    }
    if (!options.yes && !(await agreed(invocation, stack, observed))) {
      tell(invocation, `${name} was left as it is.`, { type: "summary", ok: false, changed: 0 });
      return 1;
    }
    const nodes = observed.nodes.map((node) => node.name);
    const left: string[] = [];
    const run = await followed(invocation, "down", nodes, (handlers) =>
      context.lab.down(stack, {
        ...handlers,
        onEvent: (event) => {
          left.push(...staying(event));
          handlers.onEvent(event);
        },
      }),
    );
    const word = run.report.ok ? "gone" : "not gone";
    return concluded(invocation, run, () => [
      `${name} is ${word} (${duration(run.report.seconds)}).`,
      ...(left.length > 0 ? ["Not undone:", ...left.map((line) => `  - ${line}`)] : []),
      ...(run.report.ok ? [kept()] : []),
    ]);
  },
};

/** What is named while a host is given back: it stays as it is. */
function staying(event: RunEvent): string[] {
  if (event.type !== "output") return [];
  const place = hardwareResource(event.name)?.node ?? event.name;
  return event.text
    .split("\n")
    .filter((line) => line.startsWith(NOT_UNDONE))
    .map((line) => `${place}: ${line.slice(NOT_UNDONE.length)}`);
}

/** What a next build is faster by. */
const kept = (): string =>
  `Kept for the next build: the node image, fetched packages and the engine, in ${cache()}; logs, in ${home()}.`;

function tell({ context, options }: Invocation, text: string, json: object): void {
  if (options.json) writeJson(context.stdout, json);
  else context.stdout.write(`${text}\n`);
}

async function agreed(
  { context }: Invocation,
  { name, validConfig }: Stack,
  observed: Observed,
): Promise<boolean> {
  const nodes = observed.nodes.map((node) => node.name).join(", ");
  const all =
    (validConfig && hardwareOf(validConfig).removedByDown?.(nodes)) ??
    `the nodes ${nodes} with all that was built on them`;
  const what = [
    ...(nodes === "" ? [] : [all]),
    `all networks, volumes, keys and passwords of the stack (${observed.resources.length} resources in all)`,
  ];
  const question = `This takes down ${name} for good:\n${what.map((line) => `  - ${line}`).join("\n")}\nGo on? [y/N] `;
  return /^y(es)?$/i.test((await context.stdin.ask(question)).trim());
}
