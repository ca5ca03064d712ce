import { expect, test } from "vitest";
import { plan } from "../../../scripts/bench/plan.ts";
import { lab001, lab002 } from "../../../src/curriculum/labs.ts";

test("lab by lab; logins are measured only where there is a network", () => {
  expect(plan([lab001, lab002]).map(({ id }) => id)).toEqual([
    ...["sequential", "parallel", "no-op", "memory", "down", "bake", "baked"].map((name) => `lab001:${name}`),
    ...["sequential", "parallel", "no-op", "memory", "login", "down", "bake", "baked"].map(
      (name) => `lab002:${name}`,
    ),
  ]);
});
