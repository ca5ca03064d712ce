import { expect, test } from "vitest";
import { plannedSteps } from "../../src/plan/planned-steps.ts";
import { rootCauses } from "../../src/plan/root-cause.ts";
import cases from "../cases/plan/root-cause.json" with { type: "json" };
import { CONFIG, LAB } from "./course.ts";

interface Case {
  readonly failed: readonly string[];
  readonly rootCauses: readonly string[];
  /** Steps that are left out. */
  readonly without?: readonly string[];
  /** Step → the one that it only takes its turn after. */
  readonly turns?: Readonly<Record<string, string>>;
}

test.each(cases)("$name", (given) => {
  const { failed, rootCauses: expected, without = [], turns = {} } = given as Case;
  const steps = plannedSteps(CONFIG, LAB)
    .filter(({ name }) => !without.includes(name))
    .map((step) => ({ ...step, ...(turns[step.name] === undefined ? {} : { turn: turns[step.name] }) }));
  expect([...rootCauses(steps, new Set(failed))].sort()).toEqual([...expected].sort());
});
