import { expect, it } from "vitest";
import { criticalPath, slowest } from "../../../src/cli/views/critical-path.ts";
import cases from "../../cases/cli/critical-path.json" with { type: "json" };

const timed = (steps: unknown) =>
  (steps as [string, number, string[]][]).map(([name, seconds, after]) => ({ name, seconds, after }));

it.each(cases)("$case", ({ steps, path }) => {
  expect(criticalPath(timed(steps)).map((step) => step.name)).toEqual(path);
});

it("tells a chain of many diamonds without walking each way", () => {
  const steps = Array.from({ length: 60 }, (_, level) =>
    ["a", "b"].map((side) => ({
      name: `${side}${level}`,
      seconds: side === "a" ? 2 : 1,
      after: level === 0 ? [] : [`a${level - 1}`, `b${level - 1}`],
    })),
  ).flat();
  expect(criticalPath(steps).map((step) => step.name)).toEqual(
    Array.from({ length: 60 }, (_, level) => `a${level}`),
  );
});

it("sorts the slowest first and leaves the order of its argument alone", () => {
  const steps = timed([
    ["a", 1, []],
    ["b", 3, []],
    ["c", 2, []],
  ]);
  expect(slowest(steps, 2).map((step) => step.name)).toEqual(["b", "c"]);
  expect(steps.map((step) => step.name)).toEqual(["a", "b", "c"]);
});
