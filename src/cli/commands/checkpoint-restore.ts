import type { KnownCheckpoint } from "../../checkpoints/index.ts";
import { UserError } from "../../config/errors.ts";
import { notOneOf, showProblem } from "../../config/problems.ts";
import type { Observed } from "../../engine/observed.ts";
import { command } from "../command.ts";
import { confirmation } from "../confirm.ts";
import { restore } from "../restore.ts";
import { openStackToChange } from "../stack.ts";
import { doneBy, localTime } from "../views/checkpoint.ts";
import { unchangedView } from "../views/unchanged.ts";

export const checkpointRestore = command({
  name: "restore",
  summary: "put all nodes and the state back to a checkpoint; what was done since is lost",
  arguments: [["<checkpoint>", "name of a checkpoint"]],
  options: [["--yes", "do not ask"]],
  run: async (invocation) => {
    const { checkpointsUnsupported } = await import("../../checkpoints/unsupported.ts");
    const { context, args } = invocation;
    const stack = await openStackToChange(invocation);
    const { name, config } = stack;
    const confirm = confirmation(invocation, {
      asks: "checkpoint restore asks before it destroys",
      instead: `Use --yes to put ${name} back.`,
    });
    const all = await context.lab.checkpoints.list(stack);
    if (all === undefined) throw checkpointsUnsupported(config);
    const checkpoint = usable(name, args[0] ?? "", all);
    const agreed = await confirm(async () => {
      const lost = losses(checkpoint, await stack.state("interrupted restore"), all);
      return [
        `This puts ${name} back to ${checkpoint.name} of ${localTime(checkpoint.at)} (${doneBy(checkpoint)}). Lost are:`,
        ...lost.map((line) => `  - ${line}`),
        "Go on?",
      ].join("\n");
    });
    if (!agreed) {
      unchangedView(invocation, name);
      return 1;
    }
    return restore(invocation, stack, checkpoint);
  },
});

/** @throws UserError with the checkpoints that can be restored */
function usable(stack: string, name: string, all: readonly KnownCheckpoint[]): KnownCheckpoint {
  const found = all.find((one) => one.name === name);
  const good = all.filter(({ lost }) => lost.length === 0).map((one) => one.name);
  if (found?.lost.length === 0) return found;
  if (found !== undefined) {
    throw new UserError(
      `checkpoint ${name} of ${stack}: found no snapshot of ${found.lost.join(", ")}, which was replaced since; expected one of each node. ` +
        `These can be restored: ${good.join(", ") || "none"}.`,
      1,
    );
  }
  if (good.length === 0) throw new UserError(`${stack} has no checkpoint to restore.`, 1);
  throw new UserError(showProblem(notOneOf([`checkpoint in ${stack}`], name, good)));
}

/** What a restore destroys, in words. */
function losses(checkpoint: KnownCheckpoint, observed: Observed, all: readonly KnownCheckpoint[]): string[] {
  const then = new Set(checkpoint.done);
  const since = observed.done.filter(({ name }) => !then.has(name)).length;
  const nodes = observed.nodes.map(({ name }) => name).filter((name) => !checkpoint.nodes.includes(name));
  const lost = all.filter((one) => one.nodes.some((node) => nodes.includes(node))).map(({ name }) => name);
  return [
    `${since === 0 ? "everything" : `${since} steps that were done since, and everything else`} that was changed on its nodes since`,
    ...(nodes.length === 0 ? [] : [`nodes that did not exist yet: ${nodes.join(", ")}`]),
    ...(lost.length === 0 ? [] : [`checkpoints that go with them: ${lost.join(", ")}`]),
  ];
}
