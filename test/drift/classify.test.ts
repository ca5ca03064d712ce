import { describe, expect, test } from "vitest";
import { classify, type ProbedStep, type StepStatus } from "../../src/drift/classify.ts";
import { plannedSteps } from "../../src/plan/planned-steps.ts";
import { CONFIG, LAB } from "../plan/course.ts";

const COURSE = plannedSteps(CONFIG, LAB);
const DIFFERENCE = { what: "it", expected: "so", seen: "otherwise" };

/** Status of each step that is not in sync. Steps that are not named have no differences. */
function classified(parts: Readonly<Record<string, Partial<ProbedStep>>>): Record<string, StepStatus> {
  const steps = COURSE.map((planned): ProbedStep => {
    return { planned, differences: [], done: true, changed: false, ...parts[planned.name] };
  });
  const found = classify(steps).filter(({ status }) => status !== "in sync");
  return Object.fromEntries(found.map(({ planned, status }) => [planned.name, status]));
}

const differs = { differences: [DIFFERENCE] };

describe("the status of steps", () => {
  test("all are in sync", () => {
    expect(classified({})).toEqual({});
  });

  test("a unit that was stopped has drifted, and nothing else", () => {
    expect(classified({ "agent/start@one": differs })).toEqual({ "agent/start@one": "drifted" });
  });

  test("a step that fails after a drifted one is blocked", () => {
    expect(classified({ "api/start@control": differs, "agent/start@one": differs })).toEqual({
      "api/start@control": "drifted",
      "agent/start@one": "blocked",
    });
  });

  test("also through steps that are in sync", () => {
    expect(classified({ "api/start@control": differs, "agent/register@control": differs })).toEqual({
      "api/start@control": "drifted",
      "agent/register@control": "blocked",
    });
  });

  test("a step that writes to its own node only is never blocked", () => {
    expect(classified({ "api/install@control": differs, "api/configure@control": differs })).toEqual({
      "api/install@control": "drifted",
      "api/configure@control": "drifted",
      "api/start@control": "restart pending",
    });
  });

  test("a restart is pending for a unit that reads what drifted on its node", () => {
    expect(classified({ "agent/install@one": differs })).toEqual({
      "agent/install@one": "drifted",
      "agent/start@one": "restart pending",
    });
  });

  test("also for a unit that is stopped", () => {
    expect(classified({ "api/configure@control": differs, "api/start@control": differs })).toEqual({
      "api/configure@control": "drifted",
      "api/start@control": "restart pending",
    });
  });

  test("a step without an answer is blocked, and blocks its dependents", () => {
    const unseen = { differences: [{ ...DIFFERENCE, unseen: true as const }] };
    expect(classified({ "api/install@control": unseen, "api/start@control": differs })).toEqual({
      "api/install@control": "blocked",
      "api/start@control": "blocked",
    });
  });

  test("a change of the course is no drift", () => {
    expect(classified({ "api/configure@control": { ...differs, changed: true } })).toEqual({
      "api/configure@control": "changed",
    });
  });

  test("a step that was never done is new", () => {
    expect(classified({ "agent/start@two": { ...differs, done: false } })).toEqual({
      "agent/start@two": "new",
    });
  });

  test("an install that only waits its turn behind another is not blocked by it", () => {
    const named = (name: string) => COURSE.filter((planned) => planned.name === name);
    const after = named("api/install@control").map((planned) => ({
      ...planned,
      after: ["agent/install@one"],
    }));
    const turn = after.map((planned) => ({ ...planned, turn: "agent/install@one" }));
    const statuses = (installs: typeof COURSE): (StepStatus | undefined)[] => {
      const course = [...named("agent/install@one"), ...installs, ...named("api/start@control")];
      const all = course.map((planned) => {
        const holds = planned.name === "api/install@control";
        return { planned, done: true, changed: false, differences: holds ? [] : [DIFFERENCE] };
      });
      // What the unit needs is its configuration, which is not probed here: it needs the install instead.
      const linked = all.map((one) =>
        one.planned.name === "api/start@control"
          ? { ...one, planned: { ...one.planned, after: ["api/install@control"] } }
          : one,
      );
      return classify(linked).map((one) => one.status);
    };
    expect(statuses(after)).toEqual(["drifted", "in sync", "blocked"]);
    expect(statuses(turn)).toEqual(["drifted", "in sync", "drifted"]);
  });
});
