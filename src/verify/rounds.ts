import type { CheckResult } from "./results.ts";

/** Seconds between two rounds, at least. */
const SHORTEST_PAUSE = 5;
/** While checks fail, a full round comes this much more seldom: rounds over the failed steps fill the time between. */
const FULL_ROUND_FACTOR = 3;
/** Steps of one partial round, at most. */
const MOST_STEPS = 5;

/** What is known at the end of a round. Times in seconds. */
interface RoundsSoFar {
  readonly rootCauses: readonly CheckResult[];
  /** The last round saw a result change. */
  readonly changed: boolean;
  /** How long the last round took. */
  readonly last: number;
  /** How long the last full round took. */
  readonly whole: number;
  /** How long ago the last full round ended. */
  readonly sinceWhole: number;
}

interface NextRound {
  /** Steps to check. @default undefined: a full round */
  readonly only: readonly string[] | undefined;
  /** Seconds until it begins. */
  readonly rest: number;
}

/**
 * When the next round begins, and what it checks. The lab is left alone for as long as it is checked, so that it stays usable; steps
 * that failed are checked again soon, because somebody may be repairing them.
 */
export function nextRound({ rootCauses, changed, last, whole, sinceWhole }: RoundsSoFar): NextRound {
  const rest = Math.max(SHORTEST_PAUSE, last);
  const failed = rootCauses.filter(({ fault }) => fault !== "not-done");
  const steps = [...new Set(failed.map(({ step }) => step))];
  const due = (steps.length > 0 ? FULL_ROUND_FACTOR : 1) * whole - sinceWhole;
  if (steps.length === 0 || changed || due <= rest)
    return { only: undefined, rest: Math.max(rest, changed ? 0 : due) };
  return { only: steps.slice(0, MOST_STEPS), rest };
}

/** Identifies a check on its node. */
const keyOf = ({ check, node }: CheckResult): string => `${check}@${node}`;

/**
 * Adds the results of a round to those known before.
 * @param only the steps that the round checked; undefined for a full round, after which only its own results remain
 * @returns all results, and those whose fault changed. A check without an earlier result changed if it failed
 */
export function afterRound(
  before: readonly CheckResult[],
  round: readonly CheckResult[],
  only: readonly string[] | undefined,
): { readonly results: CheckResult[]; readonly changed: CheckResult[] } {
  const known = new Map(before.map((result) => [keyOf(result), result]));
  const changed = round.filter((result) => known.get(keyOf(result))?.fault !== result.fault);
  if (only === undefined) return { results: [...round], changed };
  const fresh = new Map(round.map((result) => [keyOf(result), result]));
  return { results: before.map((result) => fresh.get(keyOf(result)) ?? result), changed };
}
