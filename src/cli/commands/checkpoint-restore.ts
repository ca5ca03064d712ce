import type { KnownCheckpoint } from "../../checkpoints/index.ts";
import { checkpointsUnsupported } from "../../checkpoints/unsupported.ts";
import { UserError } from "../../config/errors.ts";
import { notOneOf, showProblem } from "../../config/problems.ts";
import type { Observed } from "../../engine/observed.ts";
import type { Stack } from "../../engine/stack.ts";
import type { CliCommand, Invocation } from "../command.ts";
import { goBack } from "../go-back.ts";
import { writeJson } from "../json.ts";
import { openStack } from "../stack.ts";
import { doneBy, localTime } from "./checkpoint-list.ts";

export const checkpointRestore: CliCommand = {
  name: "restore",
  summary: "put all nodes and the state back to a checkpoint; what was done since goes",
  arguments: [["<checkpoint>", "name of a checkpoint"]],
  options: [["--yes", "do not ask"]],
  run: async (invocation) => {
    const { context, options, args } = invocation;
    const stack = openStack(invocation);
    const { name, config } = stack;
    if (!options.yes && !context.stdin.isTTY) {
      throw new UserError(
        `checkpoint restore asks before it destroys, and there is no terminal to ask at. Say --yes to put ${name} back.`,
      );
    }
    const all = await context.lab.checkpoints(stack);
    if (all === undefined) throw checkpointsUnsupported(config);
    const checkpoint = usable(name, args[0] ?? "", all);
    if (!options.yes && !(await agreed(invocation, stack, checkpoint, all))) {
      if (options.json) writeJson(context.stdout, { type: "summary", ok: false });
      else context.stdout.write(`${name} was left as it is.\n`);
      return 1;
    }
    return goBack(invocation, stack, checkpoint);
  },
};

/** @throws UserError with those there are */
function usable(stack: string, name: string, all: readonly KnownCheckpoint[]): KnownCheckpoint {
  const found = all.find((one) => one.name === name);
  const good = all.filter(({ lost }) => lost.length === 0).map((one) => one.name);
  if (found?.lost.length === 0) return found;
  if (found !== undefined) {
    throw new UserError(
      `checkpoint ${name}: found no snapshot of ${found.lost.join(", ")}, which was replaced since; expected one of each node. ` +
        `Those there are: ${good.join(", ") || "none"}.`,
      1,
    );
  }
  if (good.length === 0) throw new UserError(`${stack} has no checkpoint to go back to.`, 1);
  throw new UserError(showProblem(notOneOf(["checkpoint"], name, good)));
}

async function agreed(
  { context }: Invocation,
  stack: Stack,
  checkpoint: KnownCheckpoint,
  all: readonly KnownCheckpoint[],
): Promise<boolean> {
  const observed = await stack.state("interrupted restore");
  const what = losses(checkpoint, observed, all);
  const question =
    `This puts ${stack.name} back to ${checkpoint.name} of ${localTime(checkpoint.at)} (${doneBy(checkpoint)}):\n` +
    `${what.map((line) => `  - ${line}`).join("\n")}\nGo on? [y/N] `;
  return /^y(es)?$/i.test((await context.stdin.ask(question)).trim());
}

/** What goes, in words. */
function losses(checkpoint: KnownCheckpoint, observed: Observed, all: readonly KnownCheckpoint[]): string[] {
  const then = new Set(checkpoint.done);
  const since = observed.done.filter(({ name }) => !then.has(name)).length;
  const nodes = observed.nodes.map(({ name }) => name).filter((name) => !checkpoint.nodes.includes(name));
  const lost = all.filter((one) => one.nodes.some((node) => nodes.includes(node))).map(({ name }) => name);
  return [
    `${since === 0 ? "whatever" : `${since} steps that were done since go, and whatever else`} was changed on its nodes since`,
    ...(nodes.length === 0 ? [] : [`nodes that go, for they were not there yet: ${nodes.join(", ")}`]),
    ...(lost.length === 0 ? [] : [`checkpoints that go with them: ${lost.join(", ")}`]),
  ];
}
