import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ROOT } from "../../src/config/paths.ts";
import { lab } from "./fake.ts";

const { version } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as { version: string };
const engine = (found: string | undefined) => ({ lab: { engineVersion: async () => found } });

describe("lab --version", () => {
  it("prints a line for lab, the engine, OpenStack and Node", async () => {
    expect(await lab(["--version"], engine("3.245.0"))).toMatchObject({
      code: 0,
      stdout: `scratchstack ${version}\nPulumi engine 3.245.0\nOpenStack 2025.1\nNode ${process.versions.node}\n`,
      stderr: "",
    });
  });

  it("works without an engine", async () => {
    const { code, stdout } = await lab(["--version"], engine(undefined));
    expect([code, stdout.split("\n")[1]]).toEqual([0, "Pulumi engine not installed: run scripts/setup"]);
  });

  it("prints JSON, wherever --json is", async () => {
    for (const argv of [
      ["--version", "--json"],
      ["--json", "--version"],
    ]) {
      const { stdout } = await lab(argv, engine(undefined));
      expect(JSON.parse(stdout)).toEqual({
        type: "version",
        lab: version,
        engine: null,
        openstack: ["2025.1"],
        node: process.versions.node,
      });
    }
  });

  it("is an option of lab, not of its commands", async () => {
    expect((await lab(["status", "--version"])).code).toBe(2);
  });
});
