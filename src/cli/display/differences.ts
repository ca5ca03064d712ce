import { placeOf, summaryOf } from "../../actions/summary.ts";
import type { Difference } from "../../actions/types.ts";
import type { JudgedStep, Standing } from "../../drift/classify.ts";
import type { Looked } from "../../drift/probe-lab.ts";
import type { StepInstance } from "../../plan/instances.ts";
import type { Style } from "./style.ts";
import { clean } from "./text.ts";

type Told = Exclude<Standing, "holds">;

/** What is said above the steps of each standing, in the order in which people want to know. */
const HEADS: Readonly<Record<Told, string>> = {
  drift: "Drift: done before, and no longer so. `up` does these steps again.",
  follows: "Units that read what has drifted: restarted once it is mended, where they may run with it.",
  behind:
    "These do not hold either. A step before them may be the reason: looked at again once that is mended.",
  changed: "Changed: the course or the configuration says something else than when it was done.",
  new: "New: not done yet.",
};

/** What preview says of all steps that are not as they should be. */
export function differenceLines(
  { steps, unreachable }: Looked,
  planned: readonly StepInstance[],
  style: Style,
): string[] {
  return [
    ...unreachable.flatMap(({ node, why }) => [
      style.bad(`${node} cannot be reached, so nobody looked at what was done there: ${clean(why)}`),
      "",
    ]),
    ...(Object.keys(HEADS) as Told[]).flatMap((standing) => {
      const own = steps.filter((step) => step.standing === standing);
      const unseen = standing === "new" ? unseenOf(steps, planned) : [];
      if (own.length + unseen.length === 0) return [];
      const lines = [
        ...own.flatMap((step) => stepLines(step, style)),
        ...unseen.flatMap((instance) => [
          headOf(instance, style),
          `      ${summaryOf(instance.step.action)}`,
        ]),
      ];
      return [style.strong(HEADS[standing]), ...lines, ""];
    }),
  ];
}

/** What is to be done on nodes that do not stand yet. */
const unseenOf = (steps: readonly JudgedStep[], planned: readonly StepInstance[]): StepInstance[] => {
  const seen = new Set(steps.map(({ instance }) => instance.name));
  return planned.filter(({ name }) => !seen.has(name));
};

function stepLines({ instance, differences, standing }: JudgedStep, style: Style): string[] {
  const lines =
    differences.length > 0
      ? differences.flatMap((one) => differenceOf(instance, one, style))
      : [standing === "follows" ? "runs" : "the machine is so already"];
  return [headOf(instance, style), ...lines.map((line) => `      ${line}`)];
}

const headOf = ({ node, step }: StepInstance, style: Style): string =>
  `  ${node}  ${style.strong(step.id)}  ${style.faint(step.title)}`;

function differenceOf({ step }: StepInstance, difference: Difference, style: Style): string[] {
  const { what, seen, expected, diff } = difference;
  const place = placeOf(step.action);
  const where = place === undefined || what.includes(place) ? what : `${place} ${what}`;
  if (diff === undefined) return [clean(`${where}: ${seen} → ${expected}`)];
  return [`${where}:`, ...diff.split("\n").map((line) => `  ${coloured(clean(line), style)}`)];
}

const coloured = (line: string, style: Style): string =>
  line.startsWith("-") ? style.bad(line) : line.startsWith("+") ? style.good(line) : line;

/** For programs: a line for each difference, and one for each step of which no more is known than that it is to be done. */
export function differenceRecords(
  { steps, unreachable }: Looked,
  planned: readonly StepInstance[],
): object[] {
  const place = ({ step, node }: StepInstance) => ({ step: step.id, node, kind: step.action.kind });
  return [
    ...unreachable.map(({ node, why }) => ({ type: "unreachable", node, why })),
    ...steps
      .filter(({ standing }) => standing !== "holds")
      .flatMap(({ instance, standing, differences }) => {
        const own = { type: "difference", cause: standing, ...place(instance) };
        const file = placeOf(instance.step.action);
        return differences.length === 0
          ? [{ ...own, what: instance.step.title }]
          : differences.map((difference) => ({
              ...own,
              ...(file === undefined ? {} : { file }),
              ...difference,
            }));
      }),
    ...unseenOf(steps, planned).map((instance) => ({
      type: "difference",
      cause: "new",
      ...place(instance),
      what: summaryOf(instance.step.action),
    })),
  ];
}

/** Whether somebody has undone what was done. */
export const hasDrifted = ({ steps, unreachable }: Looked): boolean =>
  unreachable.length > 0 || steps.some(({ standing }) => standing === "drift" || standing === "behind");
