import { setTimeout } from "node:timers/promises";

/** The result of one `lab verify`. */
export interface Verified {
  readonly clean: boolean;
  /** Checks that failed: `<node> <check>`. */
  readonly failed: readonly string[];
}

/** How a lab recovered. */
export interface Recovery {
  /** Seconds to the end of the first clean `lab verify` that stayed clean; absent where there was none in time. */
  readonly seconds?: number;
  /** What failed in the last `lab verify` that was not clean. */
  readonly last: readonly string[];
}

/** Time in milliseconds. Tests replace it. */
export interface Clock {
  readonly now: () => number;
  readonly sleep: (milliseconds: number) => Promise<unknown>;
}

export const CLOCK: Clock = {
  now: () => performance.now(),
  sleep: (milliseconds) => setTimeout(milliseconds),
};

/** Milliseconds that a lab has to stay clean: Neutron takes an agent for alive for 75 seconds after its last report. */
export const STEADY = 90_000;
/** Milliseconds after which the wait ends. */
export const LIMIT = 600_000;
const PAUSE = 1_000;

/** Repeats `lab verify` until the lab is clean and stays clean. */
export async function recovery(verify: () => Promise<Verified>, clock: Clock = CLOCK): Promise<Recovery> {
  const began = clock.now();
  let last: readonly string[] = [];
  let since: number | undefined;
  for (;;) {
    const { clean, failed } = await verify();
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
