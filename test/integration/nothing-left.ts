import { existsSync } from "node:fs";
import { expect } from "vitest";
import { checkpointFolder } from "../../src/checkpoints/record.ts";
import { observe } from "../../src/engine/state.ts";
import { bridgeNames } from "../../src/hardware/local/names.ts";
import { run, STACK } from "./harness.ts";

/** Of all that Incus has, a line each. */
export const instanceNames = async (): Promise<string> =>
  (await run("incus", ["list", "--format", "csv", "--columns", "n"])).stdout;

/** Nothing that Incus, the kernel or the state show is left of the test stack. */
export async function nothingLeft(): Promise<void> {
  expect(await instanceNames()).not.toContain(STACK);
  const networks = await run("incus", ["network", "list", "--format", "csv"]);
  const links = await run("ip", ["-brief", "link"]);
  for (const bridge of Object.values(bridgeNames(STACK))) {
    expect(networks.stdout).not.toContain(bridge);
    expect(links.stdout).not.toContain(bridge);
  }
  expect((await observe(STACK)).exists).toBe(false);
  expect(existsSync(checkpointFolder(STACK))).toBe(false);
}
