import { expect, it } from "vitest";
import type { Role } from "../../src/curriculum/types.ts";
import { reachedLab } from "../../src/run/another-lab.ts";
import { done, node, observed } from "../cli/fake.ts";
import { CONFIG, step as courseStep, LAB } from "../plan/course.ts";

const lab = (id: string, roles: readonly Role[], ...steps: string[]) => ({
  ...LAB,
  id,
  roles,
  services: [
    {
      id: "s",
      title: "s",
      module: "001" as const,
      steps: steps.map((name) => courseStep(name, "control", { kind: "packages", names: [] })),
    },
  ],
});
const LABS = {
  b: lab("b", ["control", "network"], "base/a", "net/a"),
  a: lab("a", ["control"], "base/a", "base/only-in-a"),
  c: lab("c", ["control", "network", "storage"], "base/a", "net/a", "disk/a"),
};
const nodes = { control: { roles: ["control" as const], number: 11, memory: "1GiB", cpus: null } };
const own = [node("control", 11)];

it.each([
  ["nothing", {}, undefined],
  ["a node of the first lab alone", { nodes: own }, undefined],
  ["a step of all labs", { nodes: own, done: [done("base/a", "control", 1)] }, "a"],
  ["a step that only the first has", { done: [done("base/only-in-a", "control", 1)] }, "a"],
  ["a step of the second", { done: [done("base/a", "control", 1), done("net/a", "control", 1)] }, "b"],
  ["steps of the second and third", { done: [done("disk/a", "x", 1), done("net/a", "x", 1)] }, "c"],
  ["a node of the second, no step yet", { nodes: [...own, node("network", 13)] }, "b"],
  [
    "a node of the third, steps of the first",
    { nodes: [node("storage", 14)], done: [done("base/a", "x", 1)] },
    "c",
  ],
  ["a step of no lab", { done: [done("gone/a", "control", 1)] }, undefined],
])("%s", (_, parts, expected) => {
  expect(reachedLab({ ...CONFIG, nodes }, observed({ nodes: [], ...parts }), LABS)).toBe(expected);
});

it("takes no notice of a node that the configuration has by itself", () => {
  const more = { ...nodes, network: { ...nodes.control, roles: ["network" as const], number: 13 } };
  const there = observed({ nodes: [...own, node("network", 13)] });
  expect(reachedLab({ ...CONFIG, nodes: more }, there, LABS)).toBeUndefined();
});
