import type { CheckResult } from "./index.ts";

/** Seconds between two rounds, at least. */
const REST = 5;
/** While something is broken, all is looked at this much more seldom: what is broken is looked at in between. */
const SELDOM = 3;
/** Of what is broken, steps that are looked at in between. */
const MOST = 5;

/** What is known when a round is over. Times in seconds. */
interface RoundsSoFar {
  /** What is broken and no other failure explains. */
  readonly culprits: readonly CheckResult[];
  /** The last round saw something change. */
  readonly changed: boolean;
  /** How long the last round took, and the last in which everything was looked at; how long that is ago. */
  readonly last: number;
  readonly whole: number;
  readonly sinceWhole: number;
}

interface NextRound {
  /** Steps to look at; undefined: at everything. */
  readonly only: readonly string[] | undefined;
  /** Seconds until it begins. */
  readonly rest: number;
}

/**
 * When to look again, and at what: the lab has as much time for itself as it is looked at, and what is being mended is
 * looked at soon.
 */
export function nextRound({ culprits, changed, last, whole, sinceWhole }: RoundsSoFar): NextRound {
  const rest = Math.max(REST, last);
  const steps = [...new Set(culprits.filter(({ fault }) => fault !== "not-done").map(({ step }) => step))];
  const due = (steps.length > 0 ? SELDOM : 1) * whole - sinceWhole;
  if (steps.length === 0 || changed || due <= rest)
    return { only: undefined, rest: Math.max(rest, changed ? 0 : due) };
  return { only: steps.slice(0, MOST), rest };
}

/** A check's name and place: there is one of it. */
const keyOf = ({ check, node }: CheckResult): string => `${check}@${node}`;

/**
 * What is known after a round.
 * @param only the steps that it looked at; undefined: at everything, so that what it does not tell of is no more
 * @returns all results, and those that are not what they were; of a check that was never seen only a failure counts
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
