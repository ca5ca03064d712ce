import { setTimeout } from "node:timers/promises";

/** What one look at the lab says. */
export interface Look {
  readonly clean: boolean;
  /** Checks that failed: `<node> <check>`. */
  readonly failed: readonly string[];
}

/** How a lab came back. */
export interface Recovery {
  /** Seconds until a look was clean to its end, and stayed so; absent where that did not happen in time. */
  readonly seconds?: number;
  /** What failed in the last look that was not clean. */
  readonly last: readonly string[];
}

/** Time as recovery sees it, in milliseconds; tests put something else in its place. */
export interface Clock {
  readonly now: () => number;
  readonly sleep: (milliseconds: number) => Promise<unknown>;
}

export const CLOCK: Clock = {
  now: () => performance.now(),
  sleep: (milliseconds) => setTimeout(milliseconds),
};

/** What Neutron last heard of an agent counts for 75 seconds: a lab is clean only if it still is when that is over. */
export const STEADY = 90_000;
/** Later than this, nobody waits any more. */
export const LIMIT = 600_000;
const PAUSE = 1_000;

/** Looks again and again until the lab is clean and stays so. */
export async function recovery(look: () => Promise<Look>, clock: Clock = CLOCK): Promise<Recovery> {
  const began = clock.now();
  let last: readonly string[] = [];
  let since: number | undefined;
  for (;;) {
    const { clean, failed } = await look();
    const now = clock.now();
    if (!clean) {
      last = failed;
      since = undefined;
      if (now - began > LIMIT) return { last };
      await clock.sleep(PAUSE);
    } else {
      since ??= now;
      if (now - since >= STEADY) return { seconds: (since - began) / 1000, last };
      await clock.sleep(STEADY - (now - since));
    }
  }
}
