import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Answer } from "../../src/actions/answers.ts";
import { probesOf } from "../../src/actions/probes.ts";
import type { Difference } from "../../src/actions/types.ts";
import type { Action } from "../../src/curriculum/actions.ts";
import { run, syntaxError } from "./shell.ts";

interface Case {
  readonly actions: readonly Action[];
  readonly secrets: readonly string[];
  /** What the one probe of all of them printed. */
  readonly answer: Answer;
  /** For each of them. */
  readonly differences: readonly (readonly Difference[])[];
  /** Text of the probe that stands in it once, however many actions there are. */
  readonly once?: string;
}

const CASES = join(import.meta.dirname, "..", "cases", "probes");
const KINDS = readdirSync(join(import.meta.dirname, "..", "cases", "actions"));

it("every kind of action has cases of several at once", () => {
  expect(readdirSync(CASES)).toEqual(KINDS);
});

describe.each(readdirSync(CASES))("several of %s at once", (kind) => {
  const files = readdirSync(join(CASES, kind));

  it("have a case in which there is nothing to change", () => {
    expect(files).toContain("nothing-to-change.json");
  });

  it.each(files)("%s", (file) => {
    const { actions, secrets, answer, differences, once } = read(join(CASES, kind, file));
    const looks = probesOf(actions.map((action) => ({ action, secrets })));
    expect(looks).toHaveLength(1);
    const [look] = looks;
    expect(look?.subjects.map(({ action }) => action)).toEqual(actions);
    expect(look?.judge(answer)).toEqual(differences);
    expect(syntaxError(look?.script ?? "")).toBe("");
    if (once !== undefined) expect(look?.script.split(once)).toHaveLength(2);
  });
});

it("actions of several kinds are a look each, in the order of their first", () => {
  const command: Action = { kind: "command", run: "a", holds: "b" };
  const packages: Action = { kind: "packages", names: ["x"] };
  const looks = probesOf([command, packages, command].map((action) => ({ action, secrets: [] })));
  expect(looks.map(({ subjects }) => subjects.map(({ action }) => action.kind))).toEqual([
    ["command", "command"],
    ["packages"],
  ]);
});

it("of several commands each is judged by its own answer, and none waits for another", () => {
  const holds = ["echo one", "echo two; false", "echo three\nexit 3", "sleep 0.1; echo four"];
  const actions = holds.map((text): Action => ({ kind: "command", run: "true", holds: text }));
  const [look] = probesOf(actions.map((action) => ({ action, secrets: [] })));
  const answer = run(look?.script ?? "");
  expect(answer.stdout.match(/^@@ answer \d @@$/gm)).toHaveLength(4);
  expect(look?.judge(answer).map((found) => found.map(({ seen }) => seen))).toEqual([
    [],
    ["two"],
    ["three"],
    [],
  ]);
});

function read(path: string): Case {
  return JSON.parse(readFileSync(path, "utf8")) as Case;
}
