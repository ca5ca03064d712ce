import { UserError } from "../../config/errors.ts";
import { stepsOfService } from "../../plan/select.ts";
import { planReset } from "../../run/reset.ts";
import { command } from "../command.ts";
import { confirmation } from "../confirm.ts";
import { concludeRun, followRun } from "../follow.ts";
import { restore } from "../restore.ts";
import { openStackToChange } from "../stack.ts";
import { planText, resetLines } from "../views/reset.ts";
import { nothingToDoView, unchangedView } from "../views/unchanged.ts";

export const reset = command({
  name: "reset",
  summary: "undo a service and everything that depends on it; `up` builds it again",
  arguments: [["[service]", "e.g. keystone"]],
  options: [
    ["--all", "undo all services; networks, passwords and the stack stay"],
    ["--undo", "undo step by step, even if a checkpoint could be restored"],
    ["--yes", "do not ask"],
  ],
  run: async (invocation) => {
    const { context, options, args } = invocation;
    const { lab, stderr } = context;
    const [service] = args;
    if ((service === undefined) === (options.all !== true)) {
      throw new UserError(
        `reset: found ${service === undefined ? "nothing" : `${service} and --all`}, expected a service, or --all`,
      );
    }
    const stack = await openStackToChange(invocation);
    const { name, config } = stack;
    const confirm = confirmation(invocation, {
      asks: "reset asks before it destroys",
      instead: `Use --yes to undo ${service ?? "all services"} of ${name}.`,
    });
    const current = await stack.current();
    const { steps, done } = current;
    const names = (service === undefined ? steps : stepsOfService(steps, service, `service in ${name}`)).map(
      (planned) => planned.name,
    );
    const known = options.undo ? [] : ((await lab.checkpoints.list({ name, config })) ?? []);
    const plan = planReset(
      steps,
      names,
      done,
      known.filter(({ lost }) => lost.length === 0),
    );
    if (plan.asked.length === 0) {
      nothingToDoView(invocation, name, `Nothing to undo: of ${service ?? name} nothing is done.`);
      return 0;
    }
    const text = planText(current, service, plan);
    if (options.yes && !options.json) stderr.write(`${text}\n`);
    if (!(await confirm(() => `${text}\nGo on?`))) {
      unchangedView(invocation, name, { changed: 0 });
      return 1;
    }
    if (plan.checkpoint !== undefined) return restore(invocation, stack, plan.checkpoint);
    const target = { why: "reset" as const, name: service ?? "all", lab: current.config.lab };
    const shown = { stack: name, verb: "reset", nodes: Object.keys(current.config.nodes) } as const;
    const run = await followRun(invocation, shown, (handlers) =>
      lab.run.undoSteps(current, new Set(plan.asked), target, handlers),
    );
    return concludeRun(invocation, run, () => resetLines(name, service, plan, run.report));
  },
});
