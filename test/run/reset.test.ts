import { describe, expect, test } from "vitest";
import type { CheckpointRecord } from "../../src/checkpoints/record.ts";
import { plannedSteps } from "../../src/plan/planned-steps.ts";
import { planReset } from "../../src/run/reset.ts";
import { CONFIG, LAB } from "../plan/course.ts";

const course = plannedSteps(CONFIG, LAB);
const all = new Set(course.map(({ name }) => name));
const api = course.filter(({ service }) => service === "api").map(({ name }) => name);
const BASE = ["base/hosts@control", "base/hosts@one", "base/hosts@two"];
const AGENT = ["agent/install@one", "agent/install@two"];
const checkpoint = (name: string, done: string[], underway: string[] = []): CheckpointRecord => ({
  name,
  id: name,
  at: "2026-01-01T00:00:00Z",
  automatic: true,
  kind: "local",
  lab: "lab-test",
  nodes: ["control"],
  services: { done: 1, total: 3 },
  steps: { done: done.length, total: course.length },
  done,
  underway,
});

describe("how a service is reset", () => {
  test("to the newest checkpoint in which nothing of it and its dependents was done", () => {
    const plan = planReset(course, api, all, [
      checkpoint("early", BASE),
      checkpoint("later", [...BASE, ...AGENT]),
      checkpoint("too-late", [...BASE, ...AGENT, "api/install@control"]),
    ]);
    expect(plan.checkpoint?.name).toBe("later");
    expect([...plan.asked].sort()).toEqual(
      [...api, "agent/start@one", "agent/start@two", "agent/register@control"].sort(),
    );
    expect(plan.besides).toEqual([]);
  });

  test("not to a checkpoint in which something of it was being done", () => {
    const begun = checkpoint("begun", [...BASE, ...AGENT], ["api/install@control"]);
    const plan = planReset(course, api, all, [checkpoint("early", BASE), begun]);
    expect(plan.checkpoint?.name).toBe("early");
    expect([...plan.besides].sort()).toEqual(AGENT);
  });

  test("by undo where there is no such checkpoint", () => {
    const plan = planReset(course, api, all, [checkpoint("too-late", [...BASE, "api/install@control"])]);
    expect(plan.checkpoint).toBeUndefined();
    expect(plan.besides).toEqual([]);
  });

  test("nothing is to be undone where nothing is done", () => {
    expect(planReset(course, api, new Set(BASE), []).asked).toEqual([]);
  });
});
