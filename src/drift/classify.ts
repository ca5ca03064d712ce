import { kindOf, readsConfiguration } from "../actions/index.ts";
import type { Difference } from "../actions/types.ts";
import type { PlannedStep } from "../plan/planned-steps.ts";
import { rootCauses } from "../plan/root-cause.ts";

/** A step that was probed, and how its node differs from what the step says. */
export interface ProbedStep {
  readonly planned: PlannedStep;
  readonly differences: readonly Difference[];
  /** The state says that it is done. */
  readonly done: boolean;
  /** The course or the configuration says something else than when it was done. */
  readonly changed: boolean;
}

/**
 * Status of a step:
 * - `in sync`: it is done and holds;
 * - `new`: it was never done;
 * - `changed`: the course or the configuration says something else than when it was done;
 * - `drifted`: it was done and no longer holds;
 * - `blocked`: it does not hold, and a step that it needs does not hold either and may be the reason; or no probe answered;
 * - `restart pending`: a unit whose configuration drifted: it may have to be restarted once the configuration is in sync.
 */
export type StepStatus = "in sync" | "new" | "changed" | "drifted" | "blocked" | "restart pending";

export interface ClassifiedStep extends ProbedStep {
  readonly status: StepStatus;
}

/** @param steps in course order: all that were probed */
export function classify(steps: readonly ProbedStep[]): ClassifiedStep[] {
  const failed = steps.filter(isFailed).map(({ planned }) => planned.name);
  const causes = rootCauses(
    steps.map(({ planned }) => planned),
    new Set(failed),
  );
  const isDrifted = (step: ProbedStep): boolean =>
    step.done &&
    !step.changed &&
    isFailed(step) &&
    isAnswered(step) &&
    (isLocal(step) || causes.has(step.planned.name));
  const drifted = steps.filter(isDrifted);
  const isRestartPending = ({ planned }: ProbedStep): boolean =>
    readsConfiguration(planned.step.action) && drifted.some((step) => reads(planned, step.planned));
  const status = (step: ProbedStep): StepStatus => {
    if (!step.done) return "new";
    if (step.changed) return "changed";
    if (isDrifted(step)) return "drifted";
    if (isRestartPending(step)) return "restart pending";
    return isFailed(step) ? "blocked" : "in sync";
  };
  return steps.map((step) => ({ ...step, status: status(step) }));
}

const isFailed = ({ differences }: ProbedStep): boolean => differences.length > 0;

const isAnswered = ({ differences }: ProbedStep): boolean => !differences.some(({ unseen }) => unseen);

/** The step writes to its own node only: no other failure can make it look different. */
const isLocal = ({ planned }: ProbedStep): boolean => kindOf(planned.step.action).local === true;

/** Whether a unit reads what a step writes. */
const reads = (unit: PlannedStep, step: PlannedStep): boolean =>
  step.node === unit.node && unit.configuration.includes(step.step.action);
