import { type ClassifiedStep, classify, type ProbedStep } from "./classify.ts";
import type { ProbedLab } from "./probe-lab.ts";

/** A check that the course adds to the probe of a step, and that failed. */
export interface FailedCheck {
  /** `<step id>:<check>`. */
  readonly check: string;
  readonly step: string;
  readonly node: string;
  readonly expected: string;
  readonly seen: string;
}

/** Whether a step that was done does not hold. */
export const isBroken = ({ done, changed, differences }: ClassifiedStep): boolean =>
  done && !changed && differences.length > 0;

/**
 * A step whose check fails does not hold, although its probe finds nothing.
 * @returns the same lab, classified anew
 */
export function withFailedChecks(lab: ProbedLab, failed: readonly FailedCheck[]): ProbedLab {
  if (failed.length === 0) return lab;
  const steps = lab.steps.map((step): ProbedStep => {
    const own = failed.filter((one) => `${one.step}@${one.node}` === step.planned.name);
    const differences = own.map(({ check, expected, seen }) => ({ what: `check ${check}`, expected, seen }));
    return { ...step, differences: [...step.differences, ...differences] };
  });
  return { ...lab, steps: classify(steps) };
}
