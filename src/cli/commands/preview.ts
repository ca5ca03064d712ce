import type { ProbedLab } from "../../drift/probe-lab.ts";
import type { Target } from "../../engine/target.ts";
import { withDependencies } from "../../plan/closure.ts";
import type { PlannedStep } from "../../plan/planned-steps.ts";
import { requireStepsNamed } from "../../plan/select.ts";
import { stillStarting } from "../../run/after-restore.ts";
import { refuseEarlierLab } from "../../run/another-lab.ts";
import type { RunEvent } from "../../run/events.ts";
import type { CliCommand } from "../command.ts";
import { differenceLines, differenceRecords, hasDrifted } from "../display/differences.ts";
import { type Style, styleFor } from "../display/style.ts";
import { table } from "../display/table.ts";
import { duration } from "../display/text.ts";
import { concluded, followed } from "../follow.ts";
import { writeJson } from "../json.ts";
import { openStack } from "../stack.ts";

type Started = Extract<RunEvent, { type: "started" }>;

export const preview: CliCommand = {
  name: "preview",
  summary: "say what `up` would do, on the machines too, and do nothing",
  options: [
    ["--lab <id>", "what going on to this lab would do, e.g. lab002"],
    ["--through <service-or-step>", "what `up --through` would do: only what it needs, and itself"],
  ],
  run: async (invocation) => {
    const { context, options } = invocation;
    const stack = openStack(invocation, options.lab);
    const { name, config } = stack;
    if (options.lab !== undefined) await refuseEarlierLab(stack);
    const { through } = options;
    const whole = await stack.plannedSteps();
    const course = through === undefined ? whole : part(whole, through);
    const only = new Set(course.map(({ name }) => name));
    const changes: Started[] = [];
    let target: Target | undefined;
    let looked: ProbedLab = { steps: [], unreachable: [] };
    const run = await followed(
      invocation,
      "preview",
      Object.keys(config.nodes),
      async ({ onEvent, signal }) => {
        const looking = stack.state().then((state) => {
          target = state.target;
          return context.lab.probe({ name, config, state }, { all: true, only, signal });
        });
        looking.catch(() => {});
        const report = await context.lab.up(stack, {
          preview: true,
          ...(through === undefined ? {} : { through }),
          signal,
          onEvent: (event) => {
            if (event.type === "started") changes.push(event);
            onEvent(event);
          },
        });
        if (report.ok) looked = await looking;
        return report;
      },
    );
    const created = new Set(changes.flatMap((item) => (item.operation === "create" ? [item.name] : [])));
    const toDo = course.filter(({ name }) => created.has(name));
    if (options.json) {
      for (const record of differenceRecords(looked, toDo)) writeJson(context.stdout, record);
    }
    const { unchanged, seconds } = run.report;
    const style = styleFor(context.stdout, context.env);
    const starting = hasDrifted(looked) ? stillStarting(target) : undefined;
    const code = concluded(invocation, run, () => [
      ...differenceLines(looked, toDo, style),
      ...(starting === undefined ? [] : [starting, ""]),
      ...conclusion(name, changes, toDo, looked, unchanged, seconds, style),
    ]);
    return code === 0 && hasDrifted(looked) ? 1 : code;
  },
};

/** What `--through` is about. @throws UserError for a part that the lab does not have */
function part(course: readonly PlannedStep[], through: string): PlannedStep[] {
  const wanted = requireStepsNamed(course, through, "--through").map(({ name }) => name);
  const needed = withDependencies(course, wanted);
  return course.filter(({ name }) => needed.has(name));
}

/** What is to be done besides the steps that are shown, and how much it is. */
function conclusion(
  stack: string,
  changes: readonly Started[],
  toDo: readonly PlannedStep[],
  { steps, unreachable }: ProbedLab,
  unchanged: number,
  seconds: number,
  style: Style,
): string[] {
  const again = steps.filter(({ status }) => status === "drifted").length;
  if (changes.length === 0 && again === 0 && unreachable.length === 0)
    return [`Nothing to change: all ${unchanged} parts of ${stack} are as they should be.`];
  const shown = new Set([
    ...steps.filter(({ status }) => status !== "in sync").map(({ planned }) => planned.name),
    ...toDo.map(({ name }) => name),
  ]);
  const rows = changes
    .filter(({ name, operation }) => !shown.has(name) || operation === "delete")
    .map((item) => [item.operation, item.node ?? "-", item.step ?? "", item.title]);
  const counts = `${changes.length} to change${again > 0 ? `, ${again} to do again` : ""}, ${unchanged - again} unchanged`;
  return [
    ...(rows.length > 0 ? [style.strong("Besides:"), ...table(rows).map((row) => `  ${row}`), ""] : []),
    `${counts} (${duration(seconds)}). Nothing was done.`,
  ];
}
