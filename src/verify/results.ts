import type { PlannedStep } from "../plan/planned-steps.ts";
import { rootCauses } from "../plan/root-cause.ts";
import type { Finding, PlannedCheck } from "./checks.ts";

/**
 * Why a check failed: the step was never done; its node is unreachable; the step drifted; the step is in sync, and a check
 * beyond its probe fails; or it is no check but a known cause, which the node itself tells.
 */
export type Fault = "not-done" | "unreachable" | "step" | "check" | "cause";

/** The result of one check, as `lab verify` prints it. */
export interface CheckResult extends PlannedCheck, Finding {
  /** Time of the script that answered, which may answer several checks. */
  readonly seconds: number;
  /** @default none: the check is ok */
  readonly fault?: Fault;
  /** Command for the node that mends a known cause. @default none is known */
  readonly fix?: string;
}

/**
 * The failed checks that no other failure explains, known causes first. A failed check explains the failures of all steps that need its
 * step; a known cause explains those of its own step too.
 * @param results in course order
 */
export function rootCausesOf(results: readonly CheckResult[], course: readonly PlannedStep[]): CheckResult[] {
  const failed = results.filter(({ ok }) => !ok);
  const causes = rootCauses(course, new Set(failed.map(stepName)));
  const roots = failed.filter((result) => causes.has(stepName(result)));
  const known = failed.filter(({ fault }) => fault === "cause");
  const told = new Set(known.map(stepName));
  return [...known, ...roots.filter((result) => !told.has(stepName(result)))];
}

/** Name of the planned step that a check belongs to. */
export const stepName = ({ step, node }: PlannedCheck): string => `${step}@${node}`;
