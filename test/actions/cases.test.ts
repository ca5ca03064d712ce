import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { kindOf } from "../../src/actions/index.ts";
import type { Difference } from "../../src/actions/types.ts";
import type { Action } from "../../src/curriculum/actions.ts";
import { syntaxError } from "./shell.ts";

interface Case {
  readonly action: Action;
  /** What the probe printed. */
  readonly answer: string;
  readonly differences: readonly Difference[];
  readonly commands?: readonly string[];
  /** What tells `lab` that it was typed by hand. */
  readonly remember?: string;
  /** Pieces of text that must stand in the script. */
  readonly scriptHas?: readonly string[];
}

const CASES = join(import.meta.dirname, "..", "cases", "actions");

describe.each(readdirSync(CASES))("%s", (kind) => {
  const files = readdirSync(join(CASES, kind));

  it("has a case in which there is nothing to change", () => {
    expect(files).toContain("nothing-to-change.json");
  });

  it.each(files)("%s", (file) => {
    const { action, answer, differences, commands, remember, scriptHas = [] } = read(join(CASES, kind, file));
    const can = kindOf(action);
    expect(action.kind).toBe(kind);
    expect(can.compare(action, answer)).toEqual(differences);
    if (commands) expect(can.commands(action)).toEqual(commands);
    for (const text of can.commands(action)) expect(syntaxError(text)).toBe("");
    if (remember !== undefined) expect(can.remember?.(action)).toBe(remember);
    for (const piece of scriptHas) expect(can.script(action)).toContain(piece);
    for (const text of [can.script(action), can.probe([action]), can.undo(action)]) {
      expect(syntaxError(text)).toBe("");
      for (const secret of secretsOf(action)) expect(withoutInput(text)).not.toContain(secret);
    }
  });
});

function read(path: string): Case {
  return JSON.parse(readFileSync(path, "utf8")) as Case;
}

/** Shell text without the here-documents: what is left may end up in a process list. */
function withoutInput(text: string): string {
  return text.replace(/<<'(END_*)'.*\n[\s\S]*?\n\1$/gm, "");
}

function secretsOf(action: Action): string[] {
  switch (action.kind) {
    case "ini":
      return ["s3cr3t"];
    case "file":
      return [action.content];
    case "database":
    case "broker-user":
      return [action.password];
    case "identity":
      return (action.users ?? []).map((user) => user.password);
    default:
      return [];
  }
}
