import { readdirSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { allKeys } from "../../src/config/keys.ts";
import { LAB_ROLES } from "../../src/config/labs.ts";
import { NAMESPACE } from "../../src/config/normalize.ts";
import { parseStackConfig } from "../../src/config/parse.ts";
import { stackNames } from "../../src/config/resolve-stack.ts";
import { parseStackFile, readStackFile, STACKS, stackFile } from "../../src/config/stack-file.ts";

/** The stack file that names every key there is. */
const EXAMPLE = "lab002-local";
const read = (stack: string): string => readFileSync(stackFile(stack), "utf8");
/** The file with every commented key made real. */
const uncommented = read(EXAMPLE).replaceAll(/^( *)# /gm, "$1");

const ready = Object.keys(LAB_ROLES).map((lab) => [`${lab}-local`, lab] as const);

it("there is a stack ready for each lab", () => {
  expect(stackNames(readdirSync(STACKS))).toEqual(expect.arrayContaining(ready.map(([stack]) => stack)));
});

describe.each(ready)("%s", (stack, lab) => {
  it("says nothing but its lab and defaults", () => {
    expect(readStackFile(stack)).toEqual(parseStackConfig(stack, { lab }));
  });

  it("ends with a real key: the engine writes its salt behind it, and would move comments that stand there", () => {
    const [last = ""] = read(stack)
      .replace(/^encryptionsalt:.*\n/m, "")
      .split("\n")
      .slice(-2);
    expect(last).toMatch(/^ {2}scratchstack:\w+: /);
  });

  it("is the annotated example, or names it", () => {
    if (stack !== EXAMPLE) expect(read(stack)).toContain(basename(stackFile(EXAMPLE)));
  });
});

describe("the annotated example", () => {
  it("shows the defaults as they are", () => {
    const { lab } = readStackFile(EXAMPLE);
    expect(parseStackFile(EXAMPLE, "example", uncommented)).toEqual(parseStackConfig(EXAMPLE, { lab }));
  });

  it("names every key of the schema", () => {
    const { config } = parse(uncommented) as { config: Record<string, unknown> };
    const missing = allKeys().filter((path) => !has(config, path));
    expect(missing).toEqual([]);
  });
});

function has(value: unknown, [key, ...rest]: readonly string[]): boolean {
  if (key === undefined) return true;
  if (value === null || typeof value !== "object") return false;
  const entries = Object.entries(value).filter(
    ([name]) => key === "*" || name === key || name === `${NAMESPACE}:${key}`,
  );
  return entries.some(([, below]) => has(below, rest));
}
