import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { parse } from "yaml";
import { allKeys } from "../../src/config/keys.ts";
import { NAMESPACE } from "../../src/config/normalize.ts";
import { parseStackConfig } from "../../src/config/parse.ts";
import { parseStackFile, readStackFile, stackFile } from "../../src/config/stack-file.ts";

const STACK = "lab001-local";
const defaults = parseStackConfig(STACK, { lab: "lab001" });
/** The file with every commented key made real. */
const uncommented = readFileSync(stackFile(STACK), "utf8").replaceAll(/^( *)# /gm, "$1");

it("says nothing but defaults", () => {
  expect(readStackFile(STACK)).toEqual(defaults);
});

it("shows the defaults as they are", () => {
  expect(parseStackFile(STACK, "example", uncommented)).toEqual(defaults);
});

it("ends with a real key: the engine writes its salt behind it, and would move comments that stand there", () => {
  const [last = ""] = readFileSync(stackFile(STACK), "utf8")
    .replace(/^encryptionsalt:.*\n/m, "")
    .split("\n")
    .slice(-2);
  expect(last).toMatch(/^ {2}scratchstack:\w+: /);
});

it("names every key of the schema", () => {
  const { config } = parse(uncommented) as { config: Record<string, unknown> };
  const missing = allKeys().filter((path) => !has(config, path));
  expect(missing).toEqual([]);
});

function has(value: unknown, [key, ...rest]: readonly string[]): boolean {
  if (key === undefined) return true;
  if (value === null || typeof value !== "object") return false;
  const entries = Object.entries(value).filter(
    ([name]) => key === "*" || name === key || name === `${NAMESPACE}:${key}`,
  );
  return entries.some(([, below]) => has(below, rest));
}
