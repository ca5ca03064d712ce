import { expect, it } from "vitest";
import { distance, nearest } from "../../src/config/nearest.ts";

it.each([
  ["", "", 0],
  ["", "abc", 3],
  ["control", "control", 0],
  ["contrl", "control", 1],
  ["contorl", "control", 1],
  ["kitten", "sitting", 3],
  ["abc", "xyz", 3],
] as const)("%j and %j are %i edits apart, both ways", (a, b, edits) => {
  expect([distance(a, b), distance(b, a)]).toEqual([edits, edits]);
});

it("takes the closest, whatever the case, and nothing that is far", () => {
  expect(nearest("Contrl", ["compute", "control"])).toBe("control");
  expect(nearest("banana", ["compute", "control"])).toBeUndefined();
  expect(nearest("x", [])).toBeUndefined();
});
