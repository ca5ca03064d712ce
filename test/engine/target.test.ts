import { expect, test } from "vitest";
import { goalInWords, meant, mendedBy } from "../../src/engine/target.ts";
import { instances } from "../../src/plan/instances.ts";
import { CONFIG, LAB } from "../plan/course.ts";

const course = instances(CONFIG, LAB);
const all = course.map(({ name }) => name);
const goal = (why: "through" | "before" | "checkpoint", name: string) => ({
  why,
  name,
  lab: "lab-test",
  at: "2026-01-01T00:00:00Z",
});

test("without a goal all of the lab must be done", () => {
  expect([...meant(undefined, course, new Set())]).toEqual(all);
});

test("with --through what was asked for with all it needs, and whatever is done beyond", () => {
  const done = new Set(["base/hosts@control", "base/hosts@two"]);
  expect([...meant(goal("through", "api/configure"), course, done)].sort()).toEqual([
    "api/configure@control",
    "api/install@control",
    "base/hosts@control",
    "base/hosts@two",
  ]);
});

test.each(["before", "checkpoint"] as const)("stopped %s something what the state says is done", (why) => {
  const done = new Set(["base/hosts@control"]);
  expect([...meant(goal(why, "api"), course, done)]).toEqual(["base/hosts@control"]);
});

test("what no longer holds is mended no further than was meant, where it lies within that", () => {
  const through = goal("through", "api/configure");
  expect(mendedBy(through, course, ["api/install@control"])).toBe("up --through api/configure");
  expect(mendedBy(through, course, ["api/install@control", "agent/start@one"])).toBe("up");
  expect(mendedBy(goal("checkpoint", "after-api"), course, ["api/install@control"])).toBe("up");
  expect(mendedBy(undefined, course, [])).toBe("up");
});

test("in words", () => {
  expect(goalInWords(goal("through", "keystone"))).toBe("It was to go through keystone");
});
