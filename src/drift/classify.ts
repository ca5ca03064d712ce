import { kindOf, readsConfiguration } from "../actions/index.ts";
import type { Difference } from "../actions/types.ts";
import { dependenciesOf } from "../plan/closure.ts";
import type { PlannedStep } from "../plan/planned-steps.ts";

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
  const byName = new Map(steps.map((step) => [step.planned.name, step]));
  const failed = (step: SeenStep | undefined): boolean => step !== undefined && step.differences.length > 0;
  const known = new Map<string, boolean>();
  const explained = (step: SeenStep): boolean => {
    const { name } = step.planned;
    const before = dependenciesOf(step.planned).flatMap((one) => byName.get(one) ?? []);
    const found = known.get(name) ?? before.some((one) => failed(one) || explained(one));
    known.set(name, found);
    return found;
  };
  const drifted = (step: SeenStep): boolean =>
    step.done && !step.changed && isSeen(step) && failed(step) && (isLocal(step) || !explained(step));
  const follows = ({ planned }: SeenStep): boolean =>
    readsConfiguration(planned.step.action) &&
    steps.some((step) => drifted(step) && isRead(step.planned, planned));
  const standing = (step: SeenStep): Standing => {
    if (!step.done) return "new";
    if (step.changed) return "changed";
    if (drifted(step)) return "drift";
    if (follows(step)) return "follows";
    return failed(step) ? "behind" : "holds";
  };
  return steps.map((step) => ({ ...step, standing: standing(step) }));
}

/** Whether there was an answer at all. */
const isSeen = ({ differences }: SeenStep): boolean => !differences.some(({ unseen }) => unseen);

const isLocal = ({ planned }: SeenStep): boolean => kindOf(planned.step.action).local === true;

/** Whether a unit reads what a step writes. */
const isRead = (step: PlannedStep, unit: PlannedStep): boolean =>
  step.node === unit.node && unit.configuration.includes(step.step.action);
