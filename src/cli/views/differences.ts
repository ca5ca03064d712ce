import { kindOf } from "../../actions/index.ts";
import type { Difference } from "../../actions/types.ts";
import { LAB } from "../../config/paths.ts";
import type { ClassifiedStep, StepStatus } from "../../drift/classify.ts";
import type { ProbedLab } from "../../drift/probe-lab.ts";
import type { PlannedStep } from "../../plan/planned-steps.ts";
import { onNodeCommand } from "../../plan/suggested-commands.ts";
import type { Style } from "./style.ts";
import { clean } from "./text.ts";

type Listed = Exclude<StepStatus, "in sync">;

/** The line above the steps of each status, most important status first. */
const HEADS: Readonly<Record<Listed, string>> = {
  drifted: "Drift: done before, and no longer in sync. `up` does these steps again.",
  "restart pending":
    "Restart pending: units whose configuration has drifted. `up` restarts them if they may run with it.",
  blocked:
    "Blocked: these do not hold either. A step that they need may be the reason: `up` probes them again.",
  changed: "Changed: the course or the configuration is different from when they were done.",
  new: "New: not done yet.",
};

/** The steps that are not in sync, by status, each with its differences. */
export function differenceLines(
  { steps, unreachable, causes = [] }: ProbedLab,
  toDo: readonly PlannedStep[],
  style: Style,
): string[] {
  return [
    ...causes.flatMap(({ node, found, fix }) => [
      style.bad(`${node}: ${clean(found)}`),
      `  to fix: ${LAB} ${onNodeCommand(node, fix)}`,
      "",
    ]),
    ...unreachable.flatMap(({ node, why }) => [
      style.bad(`${node} is unreachable, so nothing was probed there: ${clean(why)}`),
      "",
    ]),
    ...(Object.keys(HEADS) as Listed[]).flatMap((status) => {
      const own = steps.filter((step) => step.status === status);
      const unseen = status === "new" ? notProbed(steps, toDo) : [];
      if (own.length + unseen.length === 0) return [];
      const lines = [
        ...own.flatMap((step) => stepLines(step, style)),
        ...unseen.flatMap((planned) => [
          headOf(planned, style),
          `      ${kindOf(planned.step.action).summary(planned.step.action)}`,
        ]),
      ];
      return [style.strong(HEADS[status]), ...lines, ""];
    }),
  ];
}

/** Steps that are to be done and could not be probed: their nodes do not exist yet. */
const notProbed = (steps: readonly ClassifiedStep[], toDo: readonly PlannedStep[]): PlannedStep[] => {
  const seen = new Set(steps.map(({ planned }) => planned.name));
  return toDo.filter(({ name }) => !seen.has(name));
};

function stepLines({ planned, differences, status }: ClassifiedStep, style: Style): string[] {
  const lines =
    differences.length > 0
      ? differences.flatMap((one) => differenceOf(planned, one, style))
      : [status === "restart pending" ? "runs" : "the node is so already"];
  return [headOf(planned, style), ...lines.map((line) => `      ${line}`)];
}

const headOf = ({ node, step }: PlannedStep, style: Style): string =>
  `  ${node}  ${style.strong(step.id)}  ${style.faint(step.title)}`;

function differenceOf({ step }: PlannedStep, difference: Difference, style: Style): string[] {
  const { what, seen, expected, diff } = difference;
  const place = kindOf(step.action).place?.(step.action);
  const where = place === undefined || what.includes(place) ? what : `${place} ${what}`;
  if (diff === undefined) return [clean(`${where}: ${seen} → ${expected}`)];
  return [`${where}:`, ...diff.split("\n").map((line) => `  ${coloured(clean(line), style)}`)];
}

const coloured = (line: string, style: Style): string =>
  line.startsWith("-") ? style.bad(line) : line.startsWith("+") ? style.good(line) : line;

/** How programs know a status: the words that `--json` has used from the beginning. */
const CAUSES: Readonly<Record<StepStatus, string>> = {
  "in sync": "holds",
  new: "new",
  changed: "changed",
  drifted: "drift",
  blocked: "behind",
  "restart pending": "follows",
};

/** For programs: a record for each difference, and one for each step without differences that is to be done. */
export function differenceRecords(
  { steps, unreachable, causes = [] }: ProbedLab,
  toDo: readonly PlannedStep[],
): object[] {
  const place = ({ step, node }: PlannedStep) => ({ step: step.id, node, kind: step.action.kind });
  return [
    ...causes.map(({ node, step, found, fix }) => ({ type: "cause", node, step, found, fix })),
    ...unreachable.map(({ node, why }) => ({ type: "unreachable", node, why })),
    ...steps
      .filter(({ status }) => status !== "in sync")
      .flatMap(({ planned, status, differences }) => {
        const own = { type: "difference", cause: CAUSES[status], ...place(planned) };
        const file = kindOf(planned.step.action).place?.(planned.step.action);
        return differences.length === 0
          ? [{ ...own, what: planned.step.title }]
          : differences.map((difference) => ({
              ...own,
              ...(file === undefined ? {} : { file }),
              ...difference,
            }));
      }),
    ...notProbed(steps, toDo).map((planned) => ({
      type: "difference",
      cause: "new",
      ...place(planned),
      what: kindOf(planned.step.action).summary(planned.step.action),
    })),
  ];
}

/** Whether something that was done no longer holds, is hindered, or cannot be probed. */
export const hasDrifted = ({ steps, unreachable, causes = [] }: ProbedLab): boolean =>
  causes.length > 0 ||
  unreachable.length > 0 ||
  steps.some(({ status }) => status === "drifted" || status === "blocked");
