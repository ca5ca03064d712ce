import { describe, expect, test } from "vitest";
import { parseStackConfig } from "../../src/hardware/stack-config.ts";
import { serviceDependencies, withDependencies, withDependents } from "../../src/plan/closure.ts";
import { plannedSteps } from "../../src/plan/planned-steps.ts";
import { requireStepsNamed, stepsOfService } from "../../src/plan/select.ts";
import { CONFIG, LAB } from "./course.ts";

const course = plannedSteps(CONFIG, LAB);
const sorted = (names: Iterable<string>): string[] => [...names].sort();

describe("what is needed for something", () => {
  test("all before it, and itself; on another node all nodes of the role", () => {
    expect(sorted(withDependencies(course, ["agent/register@control"]))).toEqual([
      "agent/install@one",
      "agent/install@two",
      "agent/register@control",
      "agent/start@one",
      "agent/start@two",
      "api/configure@control",
      "api/install@control",
      "api/start@control",
      "base/hosts@control",
      "base/hosts@one",
      "base/hosts@two",
    ]);
  });

  test("no install that it only takes its turn after", () => {
    const install = course.find(({ name }) => name === "api/install@control");
    expect(install?.after).toContain("base/hosts@control");
    const more = plannedSteps(CONFIG, {
      ...LAB,
      services: LAB.services.map((service) => ({
        ...service,
        steps: service.steps.map((step) =>
          step.id === "api/install" || step.id === "agent/install" ? { ...step, after: [] } : step,
        ),
      })),
    });
    expect(more.find(({ name }) => name === "api/install@control")).toMatchObject({
      after: ["base/hosts@control"],
      turn: "base/hosts@control",
    });
    expect(sorted(withDependencies(more, ["api/install@control"]))).toEqual(["api/install@control"]);
  });
});

describe("what builds on something", () => {
  test("all behind it, and itself", () => {
    expect(sorted(withDependents(course, ["api/start@control"]))).toEqual([
      "agent/register@control",
      "agent/start@one",
      "agent/start@two",
      "api/start@control",
    ]);
  });

  test("nothing behind the last", () => {
    expect(sorted(withDependents(course, ["agent/register@control"]))).toEqual(["agent/register@control"]);
  });
});

describe("what a name means", () => {
  test.each([
    ["api", ["api/configure@control", "api/install@control", "api/start@control"]],
    ["agent/start", ["agent/start@one", "agent/start@two"]],
    ["agent/start@two", ["agent/start@two"]],
  ])("%s", (name, expected) => {
    expect(sorted(requireStepsNamed(course, name, "--through").map((item) => item.name))).toEqual(expected);
  });

  test.each([
    ["agnet", '--through: found "agnet", expected one of base, api, agent; did you mean "agent"?'],
    [
      "api/strat",
      '--through: found "api/strat", expected one of api/install, api/configure, api/start; did you mean "api/start"?',
    ],
  ])("%s is answered with those there are", (name, message) => {
    expect(() => requireStepsNamed(course, name, "--through")).toThrow(message);
  });

  test("a step is no service", () => {
    expect(() => stepsOfService(course, "api/start", "service in s")).toThrow(
      'service in s: found "api/start", expected one of base, api, agent',
    );
  });
});

describe("what a service builds on", () => {
  test("those that have all else with them, in course order", () => {
    expect(serviceDependencies(course, "base")).toEqual([]);
    expect(serviceDependencies(course, "api")).toEqual(["base"]);
  });

  test("Nova on Keystone, and through it on MariaDB", () => {
    const real = plannedSteps(parseStackConfig("x", { lab: "lab001" }));
    expect(serviceDependencies(real, "keystone")).toEqual(["mariadb", "memcached"]);
    expect(serviceDependencies(real, "nova")).toEqual(["rabbitmq", "keystone"]);
  });
});
