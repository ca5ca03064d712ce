import { expect, test } from "vitest";
import type { Cause } from "../../src/health/types.ts";
import { CausesFirst } from "../../src/verify/causes-first.ts";
import type { CheckResult, Fault } from "../../src/verify/results.ts";

const result = (check: string, fault?: Fault): CheckResult => ({
  ...{ check, step: "s", node: "n", ok: fault === undefined, expected: "", seen: "", seconds: 0 },
  ...(fault && { fault }),
});
const cause = (name: string, hint: boolean): Cause => ({
  ...{ name, node: "n", step: "s", found: "a cause", fix: "mend", hint },
});

function told(...acts: (CheckResult | Cause[])[]): string[] {
  const seen: string[] = [];
  const first = new CausesFirst(({ check }) => void seen.push(check));
  for (const act of acts) Array.isArray(act) ? first.known(act) : first.add(act);
  return seen;
}

test("failed checks are told after the causes, others at once", () =>
  expect(
    told(result("bad", "step"), result("good"), result("later", "not-done"), [cause("why", false)]),
  ).toEqual(["good", "later", "s:why", "bad"]));

test("a cause is told although no check fails, a hint is not", () =>
  expect(told(result("good"), [cause("why", false), cause("perhaps", true)], result("last"))).toEqual([
    "good",
    "s:why",
    "last",
  ]));

test("a hint is told before the first check that fails", () =>
  expect(
    told([cause("perhaps", true)], result("good"), result("bad", "check"), result("worse", "check")),
  ).toEqual(["good", "s:perhaps", "bad", "worse"]));
