import { expect, test } from "vitest";
import { LIMIT, type Look, recovery } from "../../../scripts/disturb/recovery.ts";

const CLEAN: Look = { clean: true, failed: [] };
const failing = (...failed: string[]): Look => ({ clean: false, failed });

/** A clock by which a look takes ten seconds, and looks that come one after the other, the last again and again. */
function world(...looks: Look[]) {
  let now = 5_000;
  let taken = 0;
  const look = async (): Promise<Look> => {
    now += 10_000;
    taken += 1;
    return looks[Math.min(taken, looks.length) - 1] ?? CLEAN;
  };
  const sleep = async (milliseconds: number): Promise<void> => {
    now += milliseconds;
  };
  return { look, clock: { now: () => now, sleep }, taken: () => taken };
}

test("clean at once, looked at again 90 seconds later", async () => {
  const { look, clock, taken } = world(CLEAN);
  expect(await recovery(look, clock)).toEqual({ seconds: 10, last: [] });
  expect(taken()).toBe(2);
  expect(clock.now()).toBe(5_000 + 10_000 + 90_000 + 10_000);
});

test("clean after a while, with what failed last", async () => {
  const { look, clock } = world(failing("a x", "b y"), failing("b y"), CLEAN);
  expect(await recovery(look, clock)).toEqual({ seconds: 32, last: ["b y"] });
});

test("clean only for a moment does not count", async () => {
  const { look, clock } = world(CLEAN, failing("network agents"), CLEAN);
  expect(await recovery(look, clock)).toEqual({ seconds: 10 + 90 + 10 + 1 + 10, last: ["network agents"] });
});

test("given up when it never comes clean", async () => {
  const { look, clock } = world(failing("a x"));
  expect(await recovery(look, clock)).toEqual({ last: ["a x"] });
  expect(clock.now()).toBeGreaterThan(LIMIT);
  expect(clock.now()).toBeLessThan(LIMIT + 30_000);
});
