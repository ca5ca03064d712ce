import { describe, expect, test } from "vitest";
import type { CheckResult, Fault } from "../../src/verify/results.ts";
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

const calm = { rootCauses: [], changed: false, last: 20, whole: 20, sinceWhole: 0 };
const broken = { ...calm, rootCauses: [result("a/start:api", "check"), result("a/start", "step")] };

describe("the next round", () => {
  test("is a full one, after as much time as the last one took, where every check is ok", () => {
    expect(nextRound(calm)).toEqual({ only: undefined, rest: 20 });
    expect(nextRound({ ...calm, last: 1, whole: 1 })).toEqual({ only: undefined, rest: 5 });
  });

  test("checks failed steps again soon, each step once", () => {
    expect(nextRound({ ...broken, last: 2, sinceWhole: 10 })).toEqual({ only: ["a/start"], rest: 5 });
  });

  test("leaves the lab alone for as long as the last round took", () => {
    expect(nextRound({ ...broken, last: 12, sinceWhole: 10 }).rest).toBe(12);
  });

  test("is a full one now and then, and after a change", () => {
    expect(nextRound({ ...broken, last: 2, sinceWhole: 58 })).toEqual({ only: undefined, rest: 5 });
    expect(nextRound({ ...broken, last: 2, sinceWhole: 10, changed: true })).toEqual({
      only: undefined,
      rest: 5,
    });
  });

  test("ignores steps that were never done", () => {
    const rootCauses = [result("a/start", "not-done")];
    expect(nextRound({ ...calm, rootCauses })).toEqual({ only: undefined, rest: 20 });
  });
});

describe("after a round", () => {
  const before = [result("a/one"), result("a/two", "step"), result("b/one", "not-done")];

  test("nothing changed where every result is the same", () => {
    expect(afterRound(before, before, undefined)).toEqual({ results: before, changed: [] });
  });

  test("a check that fails, recovers, or fails for another reason has changed", () => {
    const round = [result("a/one", "check"), result("a/two"), result("b/one", "step")];
    expect(afterRound(before, round, undefined)).toEqual({ results: round, changed: round });
  });

  test("only failures of the first round are changes", () => {
    expect(afterRound([], before, undefined).changed).toEqual(before.slice(1));
  });

  test("a round over some steps keeps the results of the others", () => {
    const [one, , three] = before;
    const recovered = result("a/two");
    expect(afterRound(before, [recovered], ["a/two"])).toEqual({
      results: [one, recovered, three],
      changed: [recovered],
    });
  });

  test("a full round drops checks that it has no result of", () => {
    expect(afterRound(before, before.slice(0, 1), undefined).results).toHaveLength(1);
  });
});
