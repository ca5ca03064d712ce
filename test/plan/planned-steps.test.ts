import { describe, expect, test } from "vitest";
import { inOrder } from "../../src/plan/order.ts";
import { plannedSteps } from "../../src/plan/planned-steps.ts";
import { CONFIG, LAB, step } from "./course.ts";

const needs = (name: string) => plannedSteps(CONFIG, LAB).find((item) => item.name === name)?.after;

describe("instances", () => {
  test("one for each step on each node with its role, in course order", () => {
    expect(plannedSteps(CONFIG, LAB).map((item) => item.name)).toEqual([
      "base/hosts@control",
      "base/hosts@one",
      "base/hosts@two",
      "api/install@control",
      "api/configure@control",
      "api/start@control",
      "agent/install@one",
      "agent/install@two",
      "agent/start@one",
      "agent/start@two",
      "agent/register@control",
    ]);
  });

  test("without `after`, the step above on the same node comes first", () => {
    expect(needs("api/configure@control")).toEqual(["api/install@control"]);
  });

  test("a step of another node's role is waited for wherever it runs", () => {
    expect(needs("agent/start@one")).toEqual(["agent/install@one", "api/start@control"]);
    expect(needs("agent/register@control")).toEqual(["agent/start@one", "agent/start@two"]);
  });

  test("of a step on several nodes only those of one role can be waited for", () => {
    const extra = {
      id: "x",
      title: "x",
      module: "001" as const,
      steps: [step("x/look", "compute", { kind: "unit", units: ["x"] }, ["base/hosts@control"])],
    };
    const course = plannedSteps(CONFIG, { ...LAB, services: [...LAB.services, extra] });
    expect(course.find((item) => item.name === "x/look@one")?.after).toEqual(["base/hosts@control"]);
  });

  test("installs on one node are a chain, so that they never meet at dpkg's lock", () => {
    const extra = {
      id: "x",
      title: "x",
      module: "001" as const,
      steps: [step("x/install", "control", { kind: "packages", names: ["x"] }, [])],
    };
    const course = plannedSteps(CONFIG, { ...LAB, services: [...LAB.services, extra] });
    expect(course.find((item) => item.name === "x/install@control")?.after).toEqual(["api/install@control"]);
  });

  test("a unit knows the configuration of its service on its node", () => {
    const start = plannedSteps(CONFIG, LAB).find((item) => item.name === "api/start@control");
    expect(start?.configuration.map((action) => action.kind)).toEqual(["packages", "ini"]);
  });

  test("a step that is not in the lab is named", () => {
    const lost = {
      id: "y",
      title: "y",
      module: "001" as const,
      steps: [step("y/a", "control", { kind: "unit", units: ["y"] }, ["z/b"])],
    };
    expect(() => plannedSteps(CONFIG, { ...LAB, services: [lost] })).toThrow(
      "y/a comes after z/b, which is not in lab-test",
    );
  });
});

describe("inOrder", () => {
  test("keeps course order where it may", () => {
    const course = plannedSteps(CONFIG, LAB);
    expect(inOrder(course)).toEqual(course);
  });

  test("names the steps of a cycle", () => {
    const course = plannedSteps(CONFIG, LAB).map((item) =>
      item.name === "api/install@control" ? { ...item, after: ["agent/register@control"] } : item,
    );
    expect(() => inOrder(course)).toThrow(/dependency cycle among .*api\/install@control/);
  });

  test("moves a step behind what it needs", () => {
    const course = plannedSteps(CONFIG, LAB);
    const sorted = inOrder([...course].reverse()).map((item) => item.name);
    for (const item of course) {
      for (const before of item.after) expect(sorted.indexOf(before)).toBeLessThan(sorted.indexOf(item.name));
    }
  });
});
