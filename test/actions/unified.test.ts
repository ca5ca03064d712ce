import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { unified } from "../../src/actions/file/unified.ts";
import { folder } from "./shell.ts";

const numbers = (last: number): string[] => Array.from({ length: last }, (_, index) => `line ${index + 1}`);
const without = (lines: readonly string[], ...gone: string[]): string[] =>
  lines.filter((line) => !gone.includes(line));
const instead = (lines: readonly string[], old: string, now: string): string[] =>
  lines.map((line) => (line === old ? now : line));

const CASES: readonly [name: string, seen: string[], wanted: string[]][] = [
  ["one line edited", instead(numbers(20), "line 10", "edited"), numbers(20)],
  ["one line gone", without(numbers(20), "line 1"), numbers(20)],
  ["one line too many", numbers(20), without(numbers(20), "line 20")],
  ["two places far apart", instead(numbers(40), "line 3", "a"), instead(numbers(40), "line 33", "b")],
  ["two places close together", instead(numbers(20), "line 5", "a"), instead(numbers(20), "line 9", "b")],
  ["an empty file", [], numbers(3)],
  ["all of it gone", numbers(3), []],
];

describe("unified", () => {
  it.each(CASES)("shows %s as diff does", (_, seen, wanted) => {
    const root = folder();
    const files = [seen, wanted].map((lines, index) => {
      const path = join(root, `${index}`);
      writeFileSync(path, lines.map((line) => `${line}\n`).join(""));
      return path;
    });
    const theirs = spawnSync("diff", ["-u", ...files], { encoding: "utf8" }).stdout;
    const body = theirs.split("\n").slice(2, -1).join("\n");
    // A count of one is left out by diff.
    expect(unified(seen, wanted)).toBe(body.replace(/([-+]\d+)(?=[ ])(?!,)/g, "$1,1"));
  });

  it("shows nothing where nothing differs", () => {
    expect(unified(numbers(9), numbers(9))).toBe("");
  });

  it("shows each line as it is told to", () => {
    expect(unified(["a"], ["b"], (sign, line) => `${sign}${line}`)).toBe("@@ -1,1 +1,1 @@\n--a\n++b");
  });

  it("does not try texts that nobody would read", () => {
    expect(unified(numbers(3000), [])).toBeUndefined();
  });
});
