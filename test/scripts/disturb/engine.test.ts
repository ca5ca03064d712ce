import { expect, test } from "vitest";
import { isEngine } from "../../../scripts/disturb/engine.ts";

const up = (program: string, stack: string): string[] => [program, "up", "--yes", "--stack", stack];

test.each([
  ["the engine at work on the stack", up("/cache/engine/bin/pulumi", "mine"), true],
  ["the engine at work on another", up("/cache/engine/bin/pulumi", "mine-too"), false],
  ["another program", up("/usr/bin/node", "mine"), false],
  ["a process without a command line", [""], false],
])("%s", (_name, args, is) => {
  expect(isEngine(args, "mine")).toBe(is);
});
