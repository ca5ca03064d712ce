import { describe, expect, it } from "vitest";
import { LABS } from "../../src/curriculum/labs.ts";
import { REQUEST_FLOW } from "../../src/curriculum/request-flow.ts";
import { syntaxError } from "../actions/shell.ts";

const steps = REQUEST_FLOW.flatMap((stage) => stage.steps);
const services = new Set(Object.values(LABS).flatMap((lab) => lab.services.map(({ id }) => id)));

describe("the request flow", () => {
  it("has the 28 steps of 2013 in order, each once", () => {
    const counted = steps.map(({ id }) => id).filter((id) => /^\d+$/.test(id));
    expect(counted).toEqual(Array.from({ length: 28 }, (_, index) => `${index + 1}`));
    expect(new Set(steps.map(({ id }) => id)).size).toBe(steps.length);
  });

  it("has a new step after the step with its number", () => {
    for (const [index, { id }] of steps.entries()) {
      const [, number, letter] = /^(\d+)([a-z]?)$/.exec(id) ?? [];
      const before =
        letter === "a" ? number : `${number}${String.fromCharCode((letter || "b").charCodeAt(0) - 1)}`;
      if (letter) expect(steps[index - 1]?.id).toBe(before);
    }
  });

  it.each(steps.map((step) => [step.id, step] as const))(
    "%s says what happens, and where to look",
    (_, step) => {
      for (const text of [step.title, step.from, step.to]) expect(text.length).toBeGreaterThan(3);
      expect(step.today).toMatch(/\.$/);
      if (step.before !== undefined) expect(step.before).toMatch(/\.$/);
      expect([...services]).toContain(step.service);
      expect(step.unit ?? step.log ?? step.command).toBeDefined();
      expect(syntaxError(step.command ?? "")).toBe("");
    },
  );
});
