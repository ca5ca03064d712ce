import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { home } from "../../src/config/paths.ts";
import { lab001 } from "../../src/curriculum/labs.ts";
import { observe } from "../../src/engine/state.ts";
import { breaksOf } from "../breaks/index.ts";
import { breaks } from "./breaks.ts";
import { checkpoints } from "./checkpoints.ts";
import {
  enginePids,
  expectRecovered,
  expectVerified,
  lab,
  processes,
  removeStackFile,
  restart,
  run,
  STACK,
  WHOLE,
  writeStackFile,
} from "./harness.ts";
import { killsOnTheWay } from "./kills.ts";
import { goingOn } from "./lab002.ts";
import { nothingLeft } from "./nothing-left.ts";
import { settingsThatChange } from "./settings.ts";
import { undo } from "./undo.ts";

/** Fewer checks than this, and some were not made. */
const CHECKS = 100;

/** A developer's: the lab of an earlier run is used again, and left standing. */
const keep = process.env.KEEP_LAB !== undefined;

beforeAll(async () => {
  if (keep) return;
  writeStackFile();
  await lab("down", "--yes");
});
afterAll(async () => {
  if (keep) return;
  await lab("down", "--yes");
  removeStackFile();
});

describe("Lab001 on this machine", () => {
  describe("built by an engine that is killed on the way", killsOnTheWay);

  test("verify is clean and speaks JSON", () => expectVerified(CHECKS));

  test("scheduler, conductor and compute are up", async () => {
    const { stdout, code } = await lab(
      "exec",
      "control",
      "--",
      "openstack",
      "compute",
      "service",
      "list",
      "-f",
      "json",
    );
    expect(code).toBe(0);
    const services = JSON.parse(stdout) as { Binary: string; State: string }[];
    expect(services.map((item) => `${item.Binary} ${item.State}`).sort()).toEqual([
      "nova-compute up",
      "nova-conductor up",
      "nova-scheduler up",
    ]);
  });

  test("a second run changes nothing and says so", async () => {
    const outcome = await lab("up");
    expect(outcome.code, outcome.stderr).toBe(0);
    expect(outcome.stdout).toContain("Nothing to change");
  });

  test("bare pulumi sees no change", async () => {
    const outcome = await run("scripts/pulumi", [
      "preview",
      "--stack",
      STACK,
      "--expect-no-changes",
      "--non-interactive",
    ]);
    expect(outcome.code, outcome.stdout + outcome.stderr).toBe(0);
  });

  test("no password in state, logs or process list", async () => {
    const { secrets } = await observe(STACK);
    const values = Object.values(secrets);
    expect(values.length).toBeGreaterThan(10);
    const haystacks = filesBelow(home()).map((file) => readFileSync(file, "utf8"));
    haystacks.push(...processes().map(({ args }) => args.join(" ")));
    for (const value of values) expect(haystacks.some((text) => text.includes(value))).toBe(false);
  });

  describe("settings change while it stands", settingsThatChange);

  describe("each check fails when its subject is broken", () => breaks("lab001", breaksOf(lab001)));

  // A plain run cuts the power of a whole Lab002's control node, and of all its nodes with each checkpoint.
  if (WHOLE)
    test("both nodes restarted: verified again without another up", async () => {
      await restart("control", "compute");
      await expectRecovered();
    });

  test("an unknown node, step or command is answered with those there are", async () => {
    expect(await lab("exec", "contrl", "--", "true")).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("control"),
    });
    expect(await lab("verify", "keystne")).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("keystone"),
    });
  });

  describe("going on with Lab002 on the same stack", goingOn);

  describe("services undone and built again", undo);

  describe("back to checkpoints, and on", checkpoints);

  test("down refuses without a terminal to ask at, then leaves nothing", async () => {
    const refused = await lab("down");
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain("--yes");
    expect((await lab("down", "--yes")).code).toBe(0);
    await nothingLeft();
    expect(enginePids()).toEqual([]);
  });
});

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}
