import { describe, expect, test } from "vitest";
import type { CheckResult, Fault } from "../../src/verify/index.ts";
import { afterRound, nextRound } from "../../src/verify/rounds.ts";

const result = (check: string, fault?: Fault): CheckResult => ({
  check,
  step: check.split(":")[0] ?? check,
  node: "control",
  ok: fault === undefined,
  expected: "e",
  seen: "s",
  seconds: 0,
  ...(fault === undefined ? {} : { fault }),
});

const calm = { culprits: [], changed: false, last: 20, whole: 20, sinceWhole: 0 };
const broken = { ...calm, culprits: [result("a/start:api", "check"), result("a/start", "step")] };

describe("the next round", () => {
  test("where all is well looks at everything after as much time as it took", () => {
    expect(nextRound(calm)).toEqual({ only: undefined, rest: 20 });
    expect(nextRound({ ...calm, last: 1, whole: 1 })).toEqual({ only: undefined, rest: 5 });
  });

  test("looks soon at what is broken, each step once", () => {
    expect(nextRound({ ...broken, last: 2, sinceWhole: 10 })).toEqual({ only: ["a/start"], rest: 5 });
  });

  test("never takes more time than it leaves", () => {
    expect(nextRound({ ...broken, last: 12, sinceWhole: 10 }).rest).toBe(12);
  });

  test("looks at everything now and then, and when something changed", () => {
    expect(nextRound({ ...broken, last: 2, sinceWhole: 58 })).toEqual({ only: undefined, rest: 5 });
    expect(nextRound({ ...broken, last: 2, sinceWhole: 10, changed: true })).toEqual({
      only: undefined,
      rest: 5,
    });
  });

  test("does not look again and again for steps that nobody has done", () => {
    const culprits = [result("a/start", "not-done")];
    expect(nextRound({ ...calm, culprits })).toEqual({ only: undefined, rest: 20 });
  });
});

describe("after a round", () => {
  const before = [result("a/one"), result("a/two", "step"), result("b/one", "not-done")];

  test("nothing changed where all is as it was", () => {
    expect(afterRound(before, before, undefined)).toEqual({ results: before, changed: [] });
  });

  test("what broke, was mended, or broke otherwise has changed", () => {
    const round = [result("a/one", "check"), result("a/two"), result("b/one", "step")];
    expect(afterRound(before, round, undefined)).toEqual({ results: round, changed: round });
  });

  test("of the first only failures are news", () => {
    expect(afterRound([], before, undefined).changed).toEqual(before.slice(1));
  });

  test("a round over some steps keeps the others", () => {
    const [one, , three] = before;
    const mended = result("a/two");
    expect(afterRound(before, [mended], ["a/two"])).toEqual({
      results: [one, mended, three],
      changed: [mended],
    });
  });

  test("what a whole round no longer tells of is gone", () => {
    expect(afterRound(before, before.slice(0, 1), undefined).results).toHaveLength(1);
  });
});
