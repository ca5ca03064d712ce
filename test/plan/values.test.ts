import { expect, test } from "vitest";
import { plannedNodes } from "../../src/hardware/lookup.ts";
import { knownValues } from "../../src/plan/values.ts";
import { CONFIG } from "./course.ts";

test("values do not depend on the order in which nodes are known", () => {
  const known = plannedNodes(CONFIG);
  const values = knownValues({ name: "test", config: CONFIG }, known, "one");
  expect(values["lab:hosts"]).toBe("10.1.0.11 control\n10.1.0.12 one\n10.1.0.13 two");
  expect(values["address:compute"]).toBe("10.1.0.12");
  expect(knownValues({ name: "test", config: CONFIG }, [...known].reverse(), "one")).toEqual(values);
});

test("a node that the lab does not have is named", () => {
  expect(() => knownValues({ name: "test", config: CONFIG }, plannedNodes(CONFIG), "three")).toThrow(
    "no node called three",
  );
});

test("a node's UUID follows from its name: a node that is built anew gets its predecessor's, and no other node has it", () => {
  const uuid = (stack: string, node: string) =>
    knownValues({ name: stack, config: CONFIG }, plannedNodes(CONFIG), node)["self:uuid"];
  expect(uuid("test", "one")).toMatch(
    /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
  );
  expect(uuid("test", "one")).toBe(uuid("test", "one"));
  expect(new Set([uuid("test", "one"), uuid("test", "two"), uuid("other", "one")]).size).toBe(3);
});
