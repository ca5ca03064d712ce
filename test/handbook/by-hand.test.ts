import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Action } from "../../src/curriculum/actions.ts";
import { back } from "../../src/handbook/back.ts";
import { looks } from "../../src/handbook/look.ts";
import { syntaxError } from "../actions/shell.ts";

interface Case {
  readonly action: Action;
  readonly looks: readonly string[];
  readonly back: readonly string[];
}

const CASES = join(import.meta.dirname, "../cases/handbook");

describe("what a person types to look, and to go back", () => {
  it.each(readdirSync(CASES))("%s", (file) => {
    const { action, ...expected } = JSON.parse(readFileSync(join(CASES, file), "utf8")) as Case;
    expect({ looks: looks(action), back: back(action) }).toEqual(expected);
    for (const text of [...looks(action), ...back(action)]) expect(syntaxError(text)).toBe("");
  });
});
