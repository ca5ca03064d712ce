import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { kindOf } from "../../src/actions/index.ts";
import type { Action } from "../../src/curriculum/actions.ts";
import { syntaxError } from "./shell.ts";

interface Case {
  readonly action: Action;
  readonly looks: readonly string[];
  readonly back: readonly string[];
}

const CASES = join(import.meta.dirname, "../cases/by-hand");

describe("what a person types to look, and to go back", () => {
  it.each(readdirSync(CASES))("%s", (file) => {
    const { action, ...expected } = JSON.parse(readFileSync(join(CASES, file), "utf8")) as Case;
    const kind = kindOf(action);
    expect({ looks: kind.look(action), back: kind.back(action) }).toEqual(expected);
    for (const text of [...kind.look(action), ...kind.back(action)]) expect(syntaxError(text)).toBe("");
  });
});
