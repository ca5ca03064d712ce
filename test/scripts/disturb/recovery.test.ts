import { expect, test } from "vitest";
import { LIMIT, recovery, type Verified } from "../../../scripts/disturb/recovery.ts";

const CLEAN: Verified = { clean: true, failed: [] };
const failing = (...failed: string[]): Verified => ({ clean: false, failed });

/** A clock by which a `lab verify` takes ten seconds, and the results of one after the other; the last is repeated. */
function world(...looks: Verified[]) {
  let now = 5_000;
  let taken = 0;
  const verify = async (): Promise<Verified> => {
    now += 10_000;
    taken += 1;
    return looks[Math.min(taken, looks.length) - 1] ?? CLEAN;
  };
  const sleep = async (milliseconds: number): Promise<void> => {
    now += milliseconds;
  };
  return { verify, clock: { now: () => now, sleep }, taken: () => taken };
}

test("clean in the first round, and still clean 90 seconds later", async () => {
  const { verify, clock, taken } = world(CLEAN);
  expect(await recovery(verify, clock)).toEqual({ seconds: 10, last: [] });
  expect(taken()).toBe(2);
  expect(clock.now()).toBe(5_000 + 10_000 + 90_000 + 10_000);
});

test("clean after a while, with what failed last", async () => {
  const { verify, clock } = world(failing("a x", "b y"), failing("b y"), CLEAN);
  expect(await recovery(verify, clock)).toEqual({ seconds: 32, last: ["b y"] });
});

test("a lab that is clean only for a moment is not clean", async () => {
  const { verify, clock } = world(CLEAN, failing("network agents"), CLEAN);
  expect(await recovery(verify, clock)).toEqual({ seconds: 10 + 90 + 10 + 1 + 10, last: ["network agents"] });
});

test("ends when the lab never becomes clean", async () => {
  const { verify, clock } = world(failing("a x"));
  expect(await recovery(verify, clock)).toEqual({ last: ["a x"] });
  expect(clock.now()).toBeGreaterThan(LIMIT);
  expect(clock.now()).toBeLessThan(LIMIT + 30_000);
});
