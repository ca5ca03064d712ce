import type { Difference } from "../actions/types.ts";
import type { Action } from "../curriculum/actions.ts";
import { needed } from "../plan/closure.ts";
import type { StepInstance } from "../plan/instances.ts";

/** A step on a place that answers, and what differs there from what it brings about. */
export interface SeenStep {
  readonly instance: StepInstance;
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

/** What lies on the node itself: nothing else that is broken can make it look otherwise than it is. */
const DIRECT: ReadonlySet<Action["kind"]> = new Set(["packages", "ini", "file"]);

/** @param steps in course order */
export function judged(steps: readonly SeenStep[]): JudgedStep[] {
  const byName = new Map(steps.map((step) => [step.instance.name, step]));
  const failed = (step: SeenStep | undefined): boolean => step !== undefined && step.differences.length > 0;
  const known = new Map<string, boolean>();
  const explained = (step: SeenStep): boolean => {
    const { name } = step.instance;
    const before = needed(step.instance).flatMap((one) => byName.get(one) ?? []);
    const found = known.get(name) ?? before.some((one) => failed(one) || explained(one));
    known.set(name, found);
    return found;
  };
  const drifted = (step: SeenStep): boolean =>
    step.done && !step.changed && isSeen(step) && failed(step) && (isDirect(step) || !explained(step));
  const follows = ({ instance }: SeenStep): boolean =>
    instance.step.action.kind === "unit" &&
    steps.some((step) => drifted(step) && isRead(step.instance, instance));
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

const isDirect = ({ instance }: SeenStep): boolean => DIRECT.has(instance.step.action.kind);

/** Whether a unit reads what a step writes. */
const isRead = (step: StepInstance, unit: StepInstance): boolean =>
  step.node === unit.node && unit.configuration.includes(step.step.action);
