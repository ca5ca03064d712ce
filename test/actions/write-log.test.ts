import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, it } from "vitest";
import { STATE } from "../../src/actions/shell.ts";
import { type Change, touchedFunction, touchedSince } from "../../src/actions/write-log.ts";
import { folder, run } from "./shell.ts";

const NOW = "2000.500000000";
const cases: readonly { what: string; changes: readonly (readonly [string, string])[]; is: boolean }[] = [
  { what: "nothing is known of it", changes: [], is: true },
  { what: "its own step wrote last", changes: [[NOW, "own"]], is: true },
  {
    what: "another step wrote last, its own before",
    changes: [
      ["900.0", "own"],
      [NOW, "other"],
    ],
    is: false,
  },
  {
    what: "another step wrote last, its own since",
    changes: [
      ["1000.0", "own"],
      [NOW, "other"],
    ],
    is: true,
  },
  {
    what: "another step wrote last, a stranger since",
    changes: [
      ["1500.0", "-"],
      [NOW, "other"],
    ],
    is: true,
  },
  { what: "a stranger wrote after all steps", changes: [["2000.400000000", "other"]], is: true },
];

it.each(cases)("$what: $is, by the program and on a node", ({ changes, is }) => {
  const all = changes.map(([time, by]): Change => ({ time, by }));
  expect(touchedSince(1000, NOW, all, ["own"])).toBe(is);
  const root = folder();
  const path = join(root, "service.conf");
  const record = `${root}/state/written${path}`;
  mkdirSync(dirname(record), { recursive: true });
  if (changes.length > 0) writeFileSync(record, `${changes.map((line) => line.join(" ")).join("\n")}\n`);
  const text = `stat() { echo ${NOW}; }\n${touchedFunction(["own"])}\nif touched ${path} 1000; then echo yes; else echo no; fi`;
  expect(run(text.replaceAll(STATE, `${root}/state`)).stdout).toBe(is ? "yes\n" : "no\n");
});

it("what is older, or not there, was not touched", () => {
  expect(touchedSince(3000, NOW, [], [])).toBe(false);
  expect(run(`${touchedFunction([])}\nif touched /nowhere 1; then echo yes; else echo no; fi`).stdout).toBe(
    "no\n",
  );
});
