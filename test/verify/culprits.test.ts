import { describe, expect, test } from "vitest";
import { plannedSteps } from "../../src/plan/planned-steps.ts";
import { culprits } from "../../src/verify/culprits.ts";
import type { CheckResult } from "../../src/verify/index.ts";
import { CONFIG, LAB } from "../plan/course.ts";

const COURSE = plannedSteps(CONFIG, LAB);

/** Results of the whole course, with those of the named steps failed. */
function results(...failed: string[]): CheckResult[] {
  return COURSE.map(({ name, step, node }) => ({
    check: step.id,
    step: step.id,
    node,
    ok: !failed.includes(name),
    expected: "e",
    seen: "s",
    seconds: 0,
  }));
}

const named = (...failed: string[]) =>
  culprits(results(...failed), COURSE).map(({ step, node }) => `${step}@${node}`);

describe("culprits", () => {
  test("none where nothing failed", () => expect(named()).toEqual([]));

  test("what comes first of what hangs together", () => {
    expect(named("api/configure@control", "api/start@control", "agent/start@one")).toEqual([
      "api/configure@control",
    ]);
  });

  test("also over steps that are well themselves", () => {
    expect(named("base/hosts@control", "api/start@control")).toEqual(["base/hosts@control"]);
  });

  test("each of what is independent", () => {
    expect(named("agent/install@one", "agent/install@two", "agent/start@two")).toEqual([
      "agent/install@one",
      "agent/install@two",
    ]);
  });
});
