import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { UserError } from "../../src/config/errors.ts";
import { parseRuntimeConfig, parseStackConfig, parseStackFile } from "../../src/hardware/stack-config.ts";

const CASES = join(import.meta.dirname, "../cases/config");
const STACK = "lab001-local";

/** What is not YAML at all is kept as `.txt`, out of reach of formatters. */
const files = (folder: string): string[] =>
  readdirSync(join(CASES, folder)).filter((name) => /\.(yaml|txt)$/.test(name));
const read = (...path: string[]): string => readFileSync(join(CASES, ...path), "utf8");

function complaint(act: () => unknown): UserError {
  try {
    act();
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
  throw new Error("nothing was complained about");
}

describe("a bad stack file is answered with exactly what stands in its `#!` lines", () => {
  it.each(files("bad"))("%s", (name) => {
    const content = read("bad", name);
    const expected = content.split("\n").flatMap((line) => (line.startsWith("#! ") ? [line.slice(3)] : []));
    const error = complaint(() => parseStackFile(STACK, name, content));
    expect(error.message.split("\n")).toEqual(expected);
    expect(error.exitCode).toBe(2);
  });
});

describe("a good stack file gets every default", () => {
  it.each(files("good"))("%s", (name) => {
    const expected: unknown = JSON.parse(read("good", name.replace(".yaml", ".json")));
    expect(parseStackFile(STACK, name, read("good", name))).toEqual(expected);
  });
});

describe("what Pulumi hands to the program", () => {
  it("is the same configuration, as text and JSON", () => {
    const config = {
      "scratchstack:lab": "lab001",
      "scratchstack:release": "2025.1",
      "scratchstack:hardware": '{"pool":"fast","packageSources":null}',
      "scratchstack:settings": "",
      "openstack:cloud": "{not ours",
    };
    expect(parseRuntimeConfig(STACK, config)).toEqual(
      parseStackConfig(STACK, { lab: "lab001", hardware: { pool: "fast" } }),
    );
  });

  it("names a key that is not JSON", () => {
    const error = complaint(() => parseRuntimeConfig(STACK, { "scratchstack:hardware": "{pool" }));
    expect(error.message).toContain("hardware: found text that is not JSON");
  });

  it("names all that is wrong", () => {
    const config = { "scratchstack:lab": "lab01", "scratchstack:settings": '{"workers":0}' };
    const lines = complaint(() => parseRuntimeConfig(STACK, config)).message.split("\n");
    expect(lines).toEqual([
      "stack lab001-local: 2 problems in the configuration",
      "  settings.workers: found 0, expected a whole number from 1 to 16",
      '  lab: found "lab01", expected one of lab001, lab002; did you mean "lab001"?',
    ]);
  });
});

describe("labs are data that is handed in", () => {
  it("takes roles and default nodes from them", () => {
    const labs = { lab009: ["control", "network"] as const };
    const { nodes } = parseStackConfig(STACK, { lab: "lab009" }, labs);
    expect(Object.keys(nodes)).toEqual(["control", "network"]);
    const error = complaint(() => parseStackConfig(STACK, { lab: "lab001" }, labs));
    expect(error.message).toContain('lab: found "lab001", expected lab009; did you mean "lab009"?');
  });
});

describe("a stack's name", () => {
  it.each(["", "Lab", "1lab", "lab_1", "lab-", "a/b", "a".repeat(31)])("%j is refused", (stack) => {
    const error = complaint(() => parseStackConfig(stack, { lab: "lab001" }));
    expect(error.message).toContain(
      `stack name: found ${JSON.stringify(stack)}, expected lower-case letters`,
    );
  });
  it.each(["a", "lab001-local", "a".repeat(30)])("%j is taken", (stack) => {
    expect(parseStackConfig(stack, { lab: "lab001" }).lab).toBe("lab001");
  });
});
