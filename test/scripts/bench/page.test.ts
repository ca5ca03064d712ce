import { expect, test } from "vitest";
import { type Measured, page } from "../../../scripts/bench/page.ts";
import { testPages } from "../pages.ts";

testPages("performance", page);

test("of many steps only the slowest 25 are told, the slowest first", () => {
  const steps = Array.from({ length: 30 }, (_, index) => ({ name: `step-${index}`, seconds: index }));
  const figures = { parallel: { seconds: 100, steps, criticalPath: [] } };
  const measured: Measured = {
    date: "",
    machine: "",
    source: "",
    labs: [{ id: "lab001", network: false, figures }],
  };
  const told = [...page(measured).matchAll(/`step-(\d+)`/g)].map(([, index]) => Number(index));
  expect(told).toEqual(Array.from({ length: 25 }, (_, index) => 29 - index));
});
