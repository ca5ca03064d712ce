import { dependenciesOf, withDependents } from "./closure.ts";
import type { PlannedStep } from "./planned-steps.ts";

/**
 * Failures that no other failure explains. A failure is explained where a step that it needs, directly or through others, failed
 * too; the steps between may be in sync.
 * @param steps those whose dependencies are followed: a step that is not among them explains nothing
 * @param failed names of planned steps
 * @returns names of planned steps
 */
export function rootCauses(steps: readonly PlannedStep[], failed: ReadonlySet<string>): Set<string> {
  const affected = withDependents(steps, failed);
  const explained = steps.filter((step) => dependenciesOf(step).some((name) => affected.has(name)));
  const causes = new Set(failed);
  for (const { name } of explained) causes.delete(name);
  return causes;
}
