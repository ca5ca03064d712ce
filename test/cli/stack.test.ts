import { describe, expect, it } from "vitest";
import { UserError } from "../../src/config/errors.ts";
import { lab, observed, type Parts, report } from "./fake.ts";

/** Every command that changes a stack, or previews a change of it. */
const CHANGING = [
  ["up"],
  ["preview"],
  ["down", "--yes"],
  ["reset", "keystone", "--undo", "--yes"],
  ["redo", "keystone/start"],
  ["checkpoint", "save", "mine"],
  ["checkpoint", "restore", "mine", "--yes"],
];

/** Runs a command. @returns which of the layers below it used, in order */
async function used(argv: readonly string[], ending: () => void): Promise<{ code: number; calls: string[] }> {
  const calls: string[] = [];
  const called =
    <T>(name: string, result: T) =>
    async (): Promise<T> => {
      calls.push(name);
      return result;
    };
  const parts: Partial<Parts> = {
    awaitEngine: async () => {
      calls.push("awaitEngine");
      ending();
    },
    observe: called("observe", observed({})),
    target: called("target", undefined),
    checkpoints: called("checkpoints", []),
    finishRestore: called("finishRestore", false),
    up: called("up", report({})),
    down: called("down", report({})),
  };
  const { code } = await lab(argv, { lab: parts });
  return { code, calls };
}

describe("the end of a killed run's engine", () => {
  it.each(CHANGING.map((argv) => [argv.join(" "), argv] as const))(
    "is awaited by `lab %s` before any state is read",
    async (_, argv) => {
      const { calls } = await used(argv, () => {});
      expect(calls[0]).toBe("awaitEngine");
      expect(calls.filter((name) => name === "awaitEngine")).toHaveLength(1);
    },
  );

  it.each(CHANGING.map((argv) => [argv.join(" "), argv] as const))(
    "ends `lab %s` with the reason when another process works on the stack, and nothing is read",
    async (_, argv) => {
      const { code, calls } = await used(argv, () => {
        throw new UserError("in use", 1);
      });
      expect({ code, calls }).toEqual({ code: 1, calls: ["awaitEngine"] });
    },
  );
});
