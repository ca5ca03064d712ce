import { createRequire } from "node:module";
import { expect, test } from "vitest";
import { lean } from "../../src/cli/lean.ts";

const require = createRequire(import.meta.url);

test("the engine's library comes without what it seldom needs, and has it once it is used", async () => {
  const compiler = (): object => require.cache[require.resolve("typescript")]?.exports as object;
  lean();
  await import("@pulumi/pulumi/automation/index.js");
  expect("version" in compiler()).toBe(false);
  expect(require("typescript").version).toMatch(/^\d/);
  expect("version" in compiler()).toBe(true);
});
