import { expect, test } from "vitest";
import { reconcileCommand, targetInWords, targetSteps } from "../../src/engine/target.ts";
import { plannedSteps } from "../../src/plan/planned-steps.ts";
import { CONFIG, LAB } from "../plan/course.ts";

const course = plannedSteps(CONFIG, LAB);
const all = course.map(({ name }) => name);
const target = (why: "through" | "before" | "checkpoint", name: string) => ({
  why,
  name,
  lab: "lab-test",
  at: "2026-01-01T00:00:00Z",
});

test("without a target all of the lab must be done", () => {
  expect([...targetSteps(undefined, course, new Set())]).toEqual(all);
});

test("with --through what was asked for with all it needs, and whatever is done beyond", () => {
  const done = new Set(["base/hosts@control", "base/hosts@two"]);
  expect([...targetSteps(target("through", "api/configure"), course, done)].sort()).toEqual([
    "api/configure@control",
    "api/install@control",
    "base/hosts@control",
    "base/hosts@two",
  ]);
});

test.each(["before", "checkpoint"] as const)("stopped %s something what the state says is done", (why) => {
  const done = new Set(["base/hosts@control"]);
  expect([...targetSteps(target(why, "api"), course, done)]).toEqual(["base/hosts@control"]);
});

test("drifted steps are done again within the target if possible", () => {
  const through = target("through", "api/configure");
  expect(reconcileCommand(through, course, ["api/install@control"])).toBe("up --through api/configure");
  expect(reconcileCommand(through, course, ["api/install@control", "agent/start@one"])).toBe("up");
  expect(reconcileCommand(target("checkpoint", "after-api"), course, ["api/install@control"])).toBe("up");
  expect(reconcileCommand(undefined, course, [])).toBe("up");
});

test("in words", () => {
  expect(targetInWords(target("through", "keystone"))).toBe("It is to be built through keystone");
});
