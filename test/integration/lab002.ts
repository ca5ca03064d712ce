import { describe, expect, test } from "vitest";
import { lab001, lab002 } from "../../src/curriculum/labs.ts";
import { plannedSteps } from "../../src/plan/planned-steps.ts";
import { sshFolder } from "../../src/plan/this-machine.ts";
import { newBreaks } from "../breaks/index.ts";
import { breaks } from "./breaks.ts";
import { onACloud } from "./cloud.ts";
import { drift } from "./drift.ts";
import { guestTools } from "./guest-tools.ts";
import { expectRecovered, expectVerified, lab, restart, run, STACK, testConfig, WHOLE } from "./harness.ts";

/** Fewer checks than this, and some were not made. */
const CHECKS = 180;

/** Steps of Lab001 that are done again: the nodes know one more by name, and the dashboard has a new file to read. */
const CHANGED = ["base/name-resolution@compute", "base/name-resolution@control", "horizon/start@control"];

/** `ssh` as quickstart's last line has it, with something to run. */
const onServer = (...command: string[]) =>
  run("ssh", ["-F", `${sshFolder(STACK)}/config`, "-o", "BatchMode=yes", "web", ...command]);

/** Lab002 on a stack that has Lab001 standing. */
export function goingOn(): void {
  test("only what is new is done", async () => {
    const before = new Set(plannedSteps(testConfig("lab001")).map(({ name }) => name));
    const outcome = await lab("up", "--lab", "lab002", "--json");
    expect(outcome.code, outcome.stderr).toBe(0);
    const done = outcome.stdout
      .trim()
      .split("\n")
      .map(
        (line) => JSON.parse(line) as { type: string; name?: string; changed?: boolean; operation?: string },
      )
      .filter((event) => event.type === "done" && event.changed && before.has(event.name ?? ""));
    // What Lab002 does without is taken away.
    const kept = new Set(plannedSteps(testConfig("lab002")).map(({ name }) => name));
    const again = done.map((event) => String(event.name)).filter((name) => kept.has(name));
    expect(again.sort()).toEqual(CHANGED);
    expect(outcome.stderr).toContain("lab002");
  });

  test("verify is clean", () => expectVerified(CHECKS));

  test("a second run changes nothing, and bare pulumi neither", async () => {
    const outcome = await lab("up");
    expect(outcome.stdout).toContain("Nothing to change");
    const preview = ["preview", "--stack", STACK, "--expect-no-changes", "--non-interactive"];
    const bare = await run("scripts/pulumi", preview);
    expect(bare.code, bare.stdout + bare.stderr).toBe(0);
  });

  test("the server answers SSH with its name", async () => {
    expect(await onServer("hostname")).toMatchObject({ code: 0, stdout: "web\n" });
  });

  describe("the server has the tools that tutorials type", () => guestTools(onServer));

  // A quarter of an hour, most of it servers that boot under emulation.
  if (WHOLE) describe("a cloud for the nodes of another stack", onACloud);

  test("the way back to Lab001 is refused, with what to do instead", async () => {
    const outcome = await lab("up", "--lab", "lab001");
    expect(outcome.code).toBe(2);
    expect(outcome.stderr).toContain("lab down");
  });

  describe("machines changed behind its back", drift);

  describe("each check fails when its subject is broken", () => breaks("lab002", newBreaks(lab002, lab001)));

  // Every combination is in docs/reliability.md, made by a script of its own; checkpoints bring all nodes back as after a power cut.
  test("the power of control cut: verified again without another up", async () => {
    await restart("control");
    await expectRecovered();
    expect(await onServer("hostname")).toMatchObject({ code: 0, stdout: "web\n" });
  });

  test.each(["rabbitmq-server", "mariadb"])("%s restarted: everything reconnects", async (unit) => {
    expect((await lab("exec", "control", "--", `systemctl restart ${unit}`)).code).toBe(0);
    await expectRecovered();
  });
}
