import { expect, test } from "vitest";
import { plannedSteps } from "../../src/plan/planned-steps.ts";
import { type CheckResult, rootCausesOf } from "../../src/verify/results.ts";
import { CONFIG, LAB } from "../plan/course.ts";

const COURSE = plannedSteps(CONFIG, LAB);

/** A result of a check; `api/start:port` belongs to the step `api/start`. */
const result = (check: string, node: string, ok: boolean): CheckResult => ({
  check,
  step: check.split(":")[0] ?? check,
  node,
  ok,
  expected: "e",
  seen: "s",
  seconds: 0,
});

test("the root causes of failed checks are those whose steps need no step with a failed check", () => {
  const results = [
    result("base/hosts", "control", true),
    result("api/start", "control", true),
    result("api/start:port", "control", false),
    result("agent/install", "one", true),
    result("agent/start", "one", false),
  ];
  expect(rootCausesOf(results, COURSE)).toEqual([results[2]]);
});

test("all failed checks of a step are root causes together", () => {
  const results = [result("api/start", "control", false), result("api/start:port", "control", false)];
  expect(rootCausesOf(results, COURSE)).toEqual(results);
});

test("nothing failed", () => {
  expect(rootCausesOf([result("api/start", "control", true)], COURSE)).toEqual([]);
});
