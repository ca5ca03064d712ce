import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { differencesOf, inLine } from "../../src/actions/step-record.ts";
import type { Action } from "../../src/curriculum/actions.ts";
import type { Lab } from "../../src/curriculum/types.ts";
import { NOTHING } from "../../src/engine/stack.ts";
import { stepOnNode } from "../../src/handbook/step-on-node.ts";
import { plannedSteps } from "../../src/plan/planned-steps.ts";
import { doScript, embeddedRecord, undoScript } from "../../src/plan/script.ts";
import { CONFIG, step } from "../plan/course.ts";
import { folder, run } from "./shell.ts";

// The line of the table.
vi.mock("../../src/actions/kinds.ts", async (original) => {
  const { KINDS } = await original<typeof import("../../src/actions/kinds.ts")>();
  const { wordKind } = await import("./word/index.ts");
  return { KINDS: { ...KINDS, word: wordKind } };
});

/** A service that writes a word and runs a unit that reads it. */
function course(file: string, word = "{{secret:toy/word}}") {
  const action = { kind: "word", file, word } as unknown as Action;
  const steps = [
    step("toy/write", "control", action, []),
    step("toy/start", "control", { kind: "unit", units: ["toy"] }),
  ];
  const service = { id: "toy", title: "Toy", module: "001" as const, steps };
  const lab: Lab = { id: "lab-test", title: "t", roles: ["control"], services: [service] };
  const [write, start] = plannedSteps(CONFIG, lab);
  if (write === undefined || start === undefined) throw new Error("the course has two steps");
  return { write, start };
}

const VALUES = { "secret:toy/word": "s3cr3t-word" };

describe("a kind of action is a folder and a line of the table", () => {
  it("is done, probed, compared and undone on a node", async () => {
    const file = join(folder(), "word");
    const { write } = course(file);
    const ask = async (script: string) => run(script);
    const found = async () => (await differencesOf(embeddedRecord(write, VALUES), ask)).map(inLine);
    expect(await found()).toEqual([`word in ${file}: No such file or directory → ********`]);
    expect(run(doScript(write, VALUES)).stdout).toContain(`wrote ${file}\n`);
    expect(await found()).toEqual([]);
    writeFileSync(file, "other\n");
    expect(await found()).toEqual([`word in ${file}: other → ********`]);
    expect(readFileSync(file, "utf8")).toBe("other\n");
    run(undoScript(write, VALUES) ?? "");
    expect(await found()).toEqual([`word in ${file}: No such file or directory → ********`]);
  });

  it("configures the unit that comes after it", () => {
    const { start } = course("/etc/word");
    const scripts = ["a", "b"].map((word) => doScript(start, { "secret:toy/word": word }));
    expect(scripts[0]).not.toBe(scripts[1]);
    expect(scripts[0]).toContain("for file in /etc/word; do");
  });

  it("has its block in the handbook", () => {
    const { write } = course("/etc/word", "hello");
    const source = { stack: "toy", config: CONFIG, observed: NOTHING, share: false, day: "2025-06-01" };
    expect(stepOnNode(source, write)).toMatchObject({
      commands: "echo hello > /etc/word",
      looks: "cat /etc/word",
      back: "rm /etc/word",
      remember: "",
    });
  });
});
