import { kindOf, readsConfiguration } from "../actions/index.ts";
import type { Difference } from "../actions/types.ts";
import type { PlannedStep } from "../plan/planned-steps.ts";
import { rootCauses } from "../plan/root-cause.ts";

/** A step on a place that answers, and what differs there from what it brings about. */
export interface SeenStep {
  readonly planned: PlannedStep;
  readonly differences: readonly Difference[];
  /** It was done before: what differs is no longer so. */
  readonly done: boolean;
  /** The course or the configuration says something else than when it was done. */
  readonly changed: boolean;
}

/**
 * What is to be thought of a step:
 * - `holds`: nothing is to be done;
 * - `new`: it was never done;
 * - `changed`: it is to be done otherwise than it was;
 * - `drift`: it was done, and somebody has undone it;
 * - `behind`: it does not hold, but neither does a step before it, which may be the reason; or nobody could see it;
 * - `follows`: a unit, and what it reads has drifted: it may have to be restarted once that is mended.
 */
export type Standing = "holds" | "new" | "changed" | "drift" | "behind" | "follows";

export interface JudgedStep extends SeenStep {
  readonly standing: Standing;
}

/** @param steps in course order */
export function judged(steps: readonly SeenStep[]): JudgedStep[] {
  const failed = steps.filter(({ differences }) => differences.length > 0);
  const causes = rootCauses(
    steps.map(({ planned }) => planned),
    new Set(failed.map(({ planned }) => planned.name)),
  );
  const isFailed = ({ differences }: SeenStep): boolean => differences.length > 0;
  const drifted = (step: SeenStep): boolean =>
    step.done &&
    !step.changed &&
    isSeen(step) &&
    isFailed(step) &&
    (isLocal(step) || causes.has(step.planned.name));
  const follows = ({ planned }: SeenStep): boolean =>
    readsConfiguration(planned.step.action) &&
    steps.some((step) => drifted(step) && isRead(step.planned, planned));
  const standing = (step: SeenStep): Standing => {
    if (!step.done) return "new";
    if (step.changed) return "changed";
    if (drifted(step)) return "drift";
    if (follows(step)) return "follows";
    return isFailed(step) ? "behind" : "holds";
  };
  return steps.map((step) => ({ ...step, standing: standing(step) }));
}

/** Whether there was an answer at all. */
const isSeen = ({ differences }: SeenStep): boolean => !differences.some(({ unseen }) => unseen);

const isLocal = ({ planned }: SeenStep): boolean => kindOf(planned.step.action).local === true;

/** Whether a unit reads what a step writes. */
const isRead = (step: PlannedStep, unit: PlannedStep): boolean =>
  step.node === unit.node && unit.configuration.includes(step.step.action);
