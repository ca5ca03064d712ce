import { UserError } from "../../config/errors.ts";
import { LAB } from "../../config/paths.ts";
import type { PlannedStep } from "../../plan/planned-steps.ts";
import { stepsOfService } from "../../plan/select.ts";
import { planReset, type ResetPlan } from "../../run/reset.ts";
import type { CliCommand, Invocation } from "../command.ts";
import { duration } from "../display/text.ts";
import { concluded, followed } from "../follow.ts";
import { goBack } from "../go-back.ts";
import { writeJson } from "../json.ts";
import { openStack } from "../stack.ts";
import { doneBy, localTime } from "./checkpoint-list.ts";

export const reset: CliCommand = {
  name: "reset",
  summary: "take a service back, with all that builds on it; `up` builds it again",
  arguments: [["[service]", "e.g. keystone"]],
  options: [
    ["--all", "all services; networks, passwords and the stack stay"],
    ["--undo", "undo step by step, also where there is a checkpoint to go back to"],
    ["--yes", "do not ask"],
  ],
  run: async (invocation) => {
    const { context, options, args } = invocation;
    const [service] = args;
    if ((service === undefined) === (options.all !== true)) {
      throw new UserError(
        `reset: found ${service === undefined ? "nothing" : `${service} and --all`}, expected a service, or --all`,
      );
    }
    const stack = openStack(invocation);
    stack.config;
    if (!options.yes && !context.stdin.isTTY) {
      throw new UserError(
        `reset asks before it destroys, and there is no terminal to ask at. Say --yes to take ${service ?? "all services"} back.`,
      );
    }
    const current = await stack.current();
    const { name: stackName, steps: course } = current;
    const names = (service === undefined ? course : stepsOfService(course, service)).map(({ name }) => name);
    const known = options.undo ? [] : ((await context.lab.checkpoints(stack)) ?? []);
    const usable = known.filter(({ lost }) => lost.length === 0);
    const plan = planReset(course, names, current.done, usable);
    const what = service ?? "what is done";
    if (plan.asked.length === 0) {
      tell(invocation, `Nothing to take back: of ${service ?? stackName} nothing is done.`, true);
      return 0;
    }
    const text = planText(stackName, what, plan, course);
    if (!options.yes) {
      const answer = await context.stdin.ask(`${text}\nGo on? [y/N] `);
      if (!/^y(es)?$/i.test(answer.trim())) {
        tell(invocation, `${stackName} was left as it is.`, false);
        return 1;
      }
    } else if (!options.json) context.stderr.write(`${text}\n`);
    if (plan.checkpoint !== undefined) return goBack(invocation, stack, plan.checkpoint);
    const target = { why: "reset" as const, name: service ?? "all", lab: current.config.lab };
    const run = await followed(invocation, "reset", Object.keys(current.config.nodes), (handlers) =>
      context.lab.undoSteps(current, new Set(plan.asked), target, handlers),
    );
    const { ok, seconds } = run.report;
    return concluded(invocation, run, () => [
      ok
        ? `${service ?? "All"} of ${stackName} is taken back, ${plan.asked.length} steps (${duration(seconds)}). ${LAB} up builds it again.`
        : `Not all could be taken back (${duration(seconds)}): the same command goes on.`,
    ]);
  },
};

/** What is about to happen, and which way. */
function planText(
  stack: string,
  what: string,
  { checkpoint, asked, besides }: ResetPlan,
  course: readonly PlannedStep[],
): string {
  const lines = [`  - ${asked.length} steps go: ${byService(asked, course)}`];
  if (checkpoint === undefined) {
    return [`This takes back ${what} of ${stack}, by undoing it step by step:`, ...lines].join("\n");
  }
  const { name, at } = checkpoint;
  return [
    `This takes back ${what} of ${stack}, by going back to the checkpoint ${name} of ${localTime(at)} (${doneBy(checkpoint)}):`,
    ...lines,
    ...(besides.length > 0
      ? [`  - ${besides.length} steps that were done later go as well: ${byService(besides, course)}`]
      : []),
    "  - whatever else was changed on its nodes since",
  ].join("\n");
}

/** `keystone (12), glance (7)`, in course order. */
function byService(names: readonly string[], course: readonly PlannedStep[]): string {
  const counts = new Map<string, number>();
  const wanted = new Set(names);
  for (const { name, service } of course) {
    if (wanted.has(name)) counts.set(service, (counts.get(service) ?? 0) + 1);
  }
  return [...counts].map(([service, count]) => `${service} (${count})`).join(", ");
}

function tell({ context, options }: Invocation, text: string, ok: boolean): void {
  if (options.json) writeJson(context.stdout, { type: "summary", ok, changed: 0 });
  else context.stdout.write(`${text}\n`);
}
