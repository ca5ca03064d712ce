/** One piece of work. */
export interface Timed {
  readonly name: string;
  readonly seconds: number;
  /** Names of the work that had to be done before. */
  readonly after: readonly string[];
}

/**
 * The chain of dependent work that took longest: more parallelism would not have made the run faster. Work that is not among
 * `steps` took no time.
 * @returns in order; empty for no work
 */
export function criticalPath<T extends Timed>(steps: readonly T[]): T[] {
  const byName = new Map(steps.map((step) => [step.name, step]));
  const longest = new Map<string, { seconds: number; path: T[] }>();
  const endingAt = (step: T): { seconds: number; path: T[] } => {
    const known = longest.get(step.name);
    if (known !== undefined) return known;
    let best: { seconds: number; path: T[] } = { seconds: 0, path: [] };
    for (const name of step.after) {
      const before = byName.get(name);
      if (before === undefined) continue;
      const chain = endingAt(before);
      if (chain.seconds > best.seconds) best = chain;
    }
    const chain = { seconds: best.seconds + step.seconds, path: [...best.path, step] };
    longest.set(step.name, chain);
    return chain;
  };
  const chains = steps.map(endingAt);
  return chains.reduce((best, chain) => (chain.seconds > best.seconds ? chain : best), {
    seconds: 0,
    path: [] as T[],
  }).path;
}

/** The steps that took longest, longest first. */
export const slowest = <T extends Timed>(steps: readonly T[], count: number): T[] =>
  [...steps].sort((a, b) => b.seconds - a.seconds).slice(0, count);
