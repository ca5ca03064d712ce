import { describe, expect, test } from "vitest";
import { withDependencies, withDependents } from "../../src/plan/closure.ts";
import { plannedSteps } from "../../src/plan/planned-steps.ts";
import { scopeOf, scopeWithout } from "../../src/program/scope.ts";
import { CONFIG, LAB } from "../plan/course.ts";

const course = plannedSteps(CONFIG, LAB);
const urn = (name: string, type = "command:remote:Command") => `urn:pulumi:s::scratchstack::${type}::${name}`;
const resource = (name: string, type = "command:remote:Command", outputs = {}) => ({
  urn: urn(name, type),
  type,
  outputs,
});
const node = (name: string) => resource(name, "scratchstack:lab:Node", { connection: {} });
const state = [
  node("control"),
  node("two"),
  resource("facts@control"),
  resource("hardware/node-control", "command:local:Command"),
  resource("secret/api/database", "command:local:Command"),
  ...["base/hosts@control", "base/hosts@two", "api/install@control", "api/start@control"].map((name) =>
    resource(name),
  ),
  resource("agent/start@two"),
  resource("old/step@control"),
];

describe("a part of a lab", () => {
  test("is what it needs, on its nodes and the control node", () => {
    const scope = scopeOf(CONFIG, course, withDependencies(course, ["agent/install@one"]), []);
    expect([...scope.steps].sort()).toEqual(["agent/install@one", "base/hosts@one"]);
    expect([...scope.nodes].sort()).toEqual(["control", "one"]);
    expect(scope.untouched).toEqual([]);
  });

  test("leaves alone whatever steps are there beyond, also those that no lab has any more; passwords and nodes stay", () => {
    const scope = scopeOf(CONFIG, course, withDependencies(course, ["api/install@control"]), state);
    expect([...scope.nodes].sort()).toEqual(["control", "two"]);
    expect(scope.untouched).toEqual([
      urn("base/hosts@two"),
      urn("api/start@control"),
      urn("agent/start@two"),
      urn("old/step@control"),
      urn("secret/api/database", "command:local:Command"),
    ]);
  });
});

describe("a lab without a part", () => {
  const gone = withDependents(course, ["api/start@control"]);
  const scope = scopeWithout(CONFIG, course, gone, state);

  test("is what is there but the part; nothing new", () => {
    expect([...scope.steps].sort()).toEqual(["api/install@control", "base/hosts@control", "base/hosts@two"]);
  });

  test("keeps passwords, and what no lab has any more; lets the part go", () => {
    expect(scope.untouched).toEqual([
      urn("old/step@control"),
      urn("secret/api/database", "command:local:Command"),
    ]);
  });
});
