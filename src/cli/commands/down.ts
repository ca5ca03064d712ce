import { UserError } from "../../config/errors.ts";
import { cache, home } from "../../config/paths.ts";
import type { StackConfig } from "../../config/schema.ts";
import { stackFile } from "../../config/stack-file.ts";
import type { Observed } from "../../engine/observed.ts";
import { NOT_UNDONE } from "../../hardware/kind.ts";
import { hardwareOf } from "../../hardware/lookup.ts";
import { hardwareResource } from "../../hardware/resources.ts";
import { readStackFile } from "../../hardware/stack-config.ts";
import type { LabEvent } from "../../run/events.ts";
import type { CliCommand, Invocation } from "../command.ts";
import { duration } from "../display/text.ts";
import { concluded, followed } from "../follow.ts";
import { writeJson } from "../json.ts";
import { chooseStack } from "../stack.ts";

export const down: CliCommand = {
  name: "down",
  summary: "take the lab down: nodes, networks and state",
  options: [["--yes", "do not ask"]],
  run: async (invocation) => {
    const { context, options } = invocation;
    const stack = chooseStack(invocation);
    if (!options.yes && !context.stdin.isTTY) {
      throw new UserError(
        `down asks before it destroys, and there is no terminal to ask at. Say --yes to take ${stack} down.`,
      );
    }
    // Nodes and state that do not belong together any more go just as well.
    const observed = await context.lab.observe(stack, "half restored");
    if (!observed.exists) {
      tell(invocation, `Nothing to take down: ${stack} is not there.`, {
        type: "summary",
        ok: true,
        changed: 0,
      });
      return 0;
    }
    const config = configOf(invocation, stack);
    if (!options.yes && !(await agreed(invocation, stack, observed, config))) {
      tell(invocation, `${stack} was left as it is.`, { type: "summary", ok: false, changed: 0 });
      return 1;
    }
    const nodes = observed.nodes.map((node) => node.name);
    const left: string[] = [];
    const run = await followed(invocation, "down", nodes, (handlers) =>
      context.lab.down(stack, config, {
        ...handlers,
        onEvent: (event) => {
          left.push(...staying(event));
          handlers.onEvent(event);
        },
      }),
    );
    const word = run.report.ok ? "gone" : "not gone";
    return concluded(invocation, run, () => [
      `${stack} is ${word} (${duration(run.report.seconds)}).`,
      ...(left.length > 0 ? ["Not undone:", ...left.map((line) => `  - ${line}`)] : []),
      ...(run.report.ok ? [kept()] : []),
    ]);
  },
};

/** What is named while a host is given back: it stays as it is. */
function staying(event: LabEvent): string[] {
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
  stack: string,
  observed: Observed,
  config: StackConfig | undefined,
): Promise<boolean> {
  const nodes = observed.nodes.map((node) => node.name).join(", ");
  const all =
    (config && hardwareOf(config).removedByDown?.(nodes)) ??
    `the nodes ${nodes} with all that was built on them`;
  const what = [
    ...(nodes === "" ? [] : [all]),
    `all networks, volumes, keys and passwords of the stack (${observed.resources.length} resources in all)`,
  ];
  const question = `This takes down ${stack} for good:\n${what.map((line) => `  - ${line}`).join("\n")}\nGo on? [y/N] `;
  return /^y(es)?$/i.test((await context.stdin.ask(question)).trim());
}

/** A stack can be taken down from its state alone: a configuration that has become wrong is no reason to keep it. */
function configOf({ context }: Invocation, stack: string): StackConfig | undefined {
  try {
    return readStackFile(stack, context.stacks);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const file = stackFile(stack, context.stacks);
    context.stderr.write(`${file} is not right any more; going by the state alone.\n`);
    return undefined;
  }
}
