import { expect, test } from "vitest";
import { classify, type ProbedStep } from "../../src/drift/classify.ts";
import { isBroken, withFailedChecks } from "../../src/drift/failed-checks.ts";
import { plannedSteps } from "../../src/plan/planned-steps.ts";
import { CONFIG, LAB } from "../plan/course.ts";

const COURSE = plannedSteps(CONFIG, LAB);
const steps = classify(
  COURSE.map((planned): ProbedStep => ({ planned, differences: [], done: true, changed: false })),
);
const lab = { steps, unreachable: [] };
const failed = (step: string, node: string) => ({
  check: `${step}:answers`,
  step,
  node,
  expected: "an answer",
  seen: "none",
});
const status = (...checks: ReturnType<typeof failed>[]) =>
  Object.fromEntries(
    withFailedChecks(lab, checks)
      .steps.filter(isBroken)
      .map((step) => [step.planned.name, step.status]),
  );

test("without a failed check nothing changes", () => {
  expect(withFailedChecks(lab, [])).toBe(lab);
});

test("a step whose check fails has drifted, and says which check", () => {
  expect(status(failed("agent/start", "one"))).toEqual({ "agent/start@one": "drifted" });
  const found = withFailedChecks(lab, [failed("agent/start", "one")]).steps.filter(isBroken);
  expect(found.map(({ differences }) => differences)).toEqual([
    [{ what: "check agent/start:answers", expected: "an answer", seen: "none" }],
  ]);
});

test("a check of a step that needs it is blocked", () => {
  expect(status(failed("api/start", "control"), failed("agent/start", "one"))).toEqual({
    "api/start@control": "drifted",
    "agent/start@one": "blocked",
  });
});
