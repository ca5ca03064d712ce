import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import type { Observed } from "../../src/engine/observed.ts";
import { NOTHING, Stack, type StackSource } from "../../src/engine/stack.ts";
import type { Target } from "../../src/engine/target.ts";
import { done, observed, step } from "../cli/fake.ts";

const folder = mkdtempSync(join(tmpdir(), "stack-"));
afterAll(() => rmSync(folder, { recursive: true }));
writeFileSync(join(folder, "Pulumi.mine.yaml"), "config:\n  scratchstack:lab: lab002\n");
writeFileSync(join(folder, "Pulumi.wrong.yaml"), "config:\n  scratchstack:lab: lab01\n");

const steps = [step("a/install", "control"), step("a/start", "control")];
const target: Target = { why: "checkpoint", name: "after-a", lab: "lab001", at: "2026-01-01T00:00:00Z" };

function stackOf(state: Observed, name = "mine", lab?: string) {
  const reads: string[] = [];
  const source: StackSource = {
    observe: async (stack, even) => {
      reads.push([stack, even].filter(Boolean).join(": "));
      return state;
    },
    target: async () => state.target,
    plannedSteps: async (config) => {
      reads.push(`steps of ${config.lab}`);
      return steps;
    },
  };
  return { stack: new Stack(name, folder, source, lab), reads };
}

describe("a stack", () => {
  test("reads its state once, and again when it is asked for the state now", async () => {
    const { stack, reads } = stackOf(observed());
    await Promise.all([stack.state(), stack.state()]);
    expect(reads).toEqual(["mine"]);
    await stack.stateNow();
    expect(reads).toEqual(["mine", "mine"]);
  });

  test("reads nothing for its name", () => {
    const { stack, reads } = stackOf(observed(), "absent");
    expect([stack.name, reads]).toEqual(["absent", []]);
  });

  test("has the configuration of its file, or with another lab", () => {
    expect(stackOf(observed()).stack.config.lab).toBe("lab002");
    expect(stackOf(observed(), "mine", "lab001").stack.config.lab).toBe("lab001");
  });

  test("has no valid configuration when its file is wrong", () => {
    const { stack } = stackOf(observed(), "wrong");
    expect(stack.validConfig).toBeUndefined();
    expect(() => stack.config).toThrow("lab01");
  });

  test("that is not built says so, with the command that builds it", async () => {
    await expect(stackOf(NOTHING).stack.built()).rejects.toThrow("mine is not built yet: scripts/lab up");
  });
});

describe("a stack as it was last built", () => {
  test("is at the lab of its target, and has the planned steps of this lab", async () => {
    const { stack, reads } = stackOf(observed({ target, done: [done("a/install", "control", 1)] }));
    const current = await stack.current();
    expect(current.config.lab).toBe("lab001");
    expect(reads).toEqual(["mine", "steps of lab001"]);
    expect([...current.wanted]).toEqual(["a/install@control"]);
    expect(current.later).toBe(1);
  });

  test("without a target wants the whole lab of its file", async () => {
    const current = await stackOf(observed()).stack.current();
    expect([current.config.lab, current.wanted.size, current.later]).toEqual(["lab002", 2, 0]);
  });
});
