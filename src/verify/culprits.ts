import { dependenciesOf } from "../plan/closure.ts";
import type { PlannedStep } from "../plan/planned-steps.ts";
import type { CheckResult } from "./index.ts";

/**
 * Of all that failed, what to look at first: the failures that no failure before them explains. Before a check come the
 * checks of all steps that its own needs.
 * @param results in course order
 */
export function culprits(results: readonly CheckResult[], course: readonly PlannedStep[]): CheckResult[] {
  const needs = new Map(course.map((planned) => [planned.name, dependenciesOf(planned)]));
  const failed = new Set(results.filter((result) => !result.ok).map(placeOf));
  const explained = new Map<string, boolean>();
  const isExplained = (name: string): boolean => {
    const known = explained.get(name);
    if (known !== undefined) return known;
    const found = (needs.get(name) ?? []).some((before) => failed.has(before) || isExplained(before));
    explained.set(name, found);
    return found;
  };
  return results.filter((result) => !result.ok && !isExplained(placeOf(result)));
}

const placeOf = ({ step, node }: CheckResult): string => `${step}@${node}`;
