import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ROOT } from "../../src/config/paths.ts";
import { stackFolder } from "../../src/engine/stack-files.ts";
import { expectRecovered, expectVerified, lab, run, STACK, verifyLines } from "./harness.ts";

/** Fewer checks than this, and some were not made. */
const CHECKS = 180;

const INTENT = join(stackFolder(STACK), "restoring.json");

interface Listed {
  readonly name: string;
  readonly lab: string;
  readonly steps: { readonly done: number; readonly total: number };
}

async function listed(): Promise<Listed[]> {
  const { code, stdout, stderr } = await lab("checkpoint", "list", "--json");
  expect(code, stderr).toBe(0);
  return stdout
    .trim()
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Listed);
}

/** `lab up` to the end of Lab002, and all is as it should be. */
async function goesOn(): Promise<void> {
  const outcome = await lab("up");
  expect(outcome.code, outcome.stderr).toBe(0);
  await expectRecovered();
  await expectVerified(CHECKS);
}

async function restored(name: string): Promise<void> {
  const outcome = await lab("checkpoint", "restore", name, "--yes");
  expect(outcome.code, outcome.stderr).toBe(0);
}

/** The names of a node's snapshots. */
async function snapshots(node: string): Promise<string[]> {
  const { code, stdout, stderr } = await run("incus", [
    "snapshot",
    "list",
    `${STACK}-${node}`,
    "--format",
    "csv",
    "--columns",
    "n",
  ]);
  expect(code, stderr).toBe(0);
  return stdout.split("\n").filter(Boolean).sort();
}

/** Begins a command, with all its children in one group. */
function begun(args: readonly string[], environment: NodeJS.ProcessEnv = {}): ChildProcess {
  return spawn(join(ROOT, "scripts/lab"), [...args, "--stack", STACK], {
    cwd: ROOT,
    env: { ...process.env, ...environment },
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
}

/** Begins a command and kills it, with all its children, as soon as a moment has come. */
async function killedAt(args: readonly string[], moment: (said: string) => boolean): Promise<void> {
  const child = begun([...args, "--yes"]);
  let said = "";
  const ended = new Promise<void>((resolve) => child.on("close", () => resolve()));
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (chunk) => {
      said += chunk;
      if (moment(said) && child.pid !== undefined) process.kill(-child.pid, "SIGKILL");
    });
  }
  await ended;
  expect(child.signalCode, `it came to its end:\n${said}`).toBe("SIGKILL");
}

/** Checkpoints of a standing Lab002 that was built by `up`. */
export function checkpoints(): void {
  test("there is one after each service, and only such as can be gone back to", async () => {
    const names = (await listed()).map(({ name }) => name);
    // Those that Lab001 alone took hold no network node, and can be gone back to all the same.
    expect(names).toEqual(expect.arrayContaining(["after-keystone", "after-nova", "after-neutron"]));
  });

  test("a restore that is killed is known as such, and finished by the same again", async () => {
    expect((await lab("checkpoint", "save", "whole")).code).toBe(0);
    await killedAt(["checkpoint", "restore", "whole"], (said) => said.includes("Restoring"));
    expect(existsSync(INTENT)).toBe(true);
    const refused = await lab("status");
    expect(refused).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("lab checkpoint restore whole"),
    });
    await restored("whole");
    expect(existsSync(INTENT)).toBe(false);
  });

  test("a restore that is killed while nodes boot is finished by the next up, as after a power cut", async () => {
    await killedAt(["checkpoint", "restore", "whole"], (said) => said.includes("Waiting"));
    const outcome = await lab("up");
    expect(outcome.code, outcome.stderr).toBe(0);
    expect(existsSync(INTENT)).toBe(false);
    await expectRecovered();
    expect((await verifyLines()).length).toBeGreaterThan(CHECKS);
  });

  test("back to Keystone: its checks are ok, and the rest is not done yet", async () => {
    await restored("after-keystone");
    await expectRecovered();
    const status = await lab("status");
    expect(status.stdout).toContain("It was put back to after-keystone");
  });

  test("a step is done again, and says what it does", async () => {
    const outcome = await lab("redo", "keystone/start");
    expect(outcome.code, outcome.stderr).toBe(0);
    expect(outcome.stdout).toContain("runs with this configuration");
  });

  // On the short lab that stands now: all that is taken back is built again below, once.
  test("a service is taken back by undo, with all that builds on it", async () => {
    const { code, stderr } = await lab("up", "--through", "placement");
    expect(code, stderr).toBe(0);
    // Killed when something is undone already: the same again, at once, waits for its engine to end and goes on.
    const undone = /"type":"done"[^\n]*"changed":true/;
    await killedAt(["reset", "keystone", "--undo", "--json"], (said) => undone.test(said));
    const outcome = await lab("reset", "keystone", "--undo", "--yes");
    expect(outcome.code, outcome.stderr).toBe(0);
    const status = await lab("status", "--steps");
    expect(status.stdout).toContain("keystone  0/");
    expect(status.stdout).toMatch(/· +control +placement\/start/);
    // What does not build on it stays, and works still.
    expect(status.stdout).toMatch(/✔ +control +placement\/install-packages/);
    await expectRecovered();
  });

  test("a service is taken back by a checkpoint", async () => {
    const { code, stderr } = await lab("up", "--through", "placement");
    expect(code, stderr).toBe(0);
    const outcome = await lab("reset", "placement", "--yes");
    expect(outcome.stderr).toContain("by restoring the checkpoint");
    expect(outcome.code, outcome.stderr).toBe(0);
    expect((await lab("status", "--json")).stdout).toContain('"service":"placement","done":0');
  });

  test("from there up ends in the same place", goesOn);

  test("what drifted beyond a part is left alone by it, and mended by the next up", async () => {
    const scheduler = (verb: string) => lab("exec", "control", "--", "systemctl", verb, "nova-scheduler");
    expect((await scheduler("stop")).code).toBe(0);
    const outcome = await lab("up", "--through", "keystone");
    expect(outcome.stdout).toContain("Nothing to change");
    expect((await scheduler("is-active")).code).not.toBe(0);
    const status = await lab("status");
    expect(status.code).toBe(1);
    expect(status.stdout).toMatch(/lab up does (?:it|them) again/);
    const kept = (await listed()).find(({ name }) => name === "after-nova");
    await goesOn();
    // What is only mended is no new moment.
    expect((await listed()).find(({ name }) => name === "after-nova")).toEqual(kept);
  });

  test("what held a node that a restore took away is lost, and no longer listed", async () => {
    // Going back to Keystone took the network node, and with it the snapshots of what had one.
    expect((await listed()).map(({ name }) => name)).not.toContain("whole");
  });

  test("what is deleted is gone, with its snapshots", async () => {
    expect((await lab("checkpoint", "save", "mine")).code).toBe(0);
    expect(await snapshots("control")).toContainEqual(expect.stringMatching(/^mine\./));
    expect((await lab("checkpoint", "delete", "mine")).code).toBe(0);
    expect((await listed()).map(({ name }) => name)).not.toContain("mine");
    expect(await snapshots("control")).not.toContainEqual(expect.stringMatching(/^mine\./));
  });

  test("a save that is killed leaves no snapshot behind, once the next has come to its end", async () => {
    const left = async () => (await snapshots("control")).filter((id) => id.startsWith("killed."));
    const child = begun(["checkpoint", "save", "killed"], {
      NODE_OPTIONS: `--import=${new URL("./killed-before-record.mjs", import.meta.url)}`,
    });
    await new Promise((resolve) => child.on("close", resolve));
    expect(child.signalCode).toBe("SIGKILL");
    expect(await left()).toHaveLength(1);
    expect((await lab("checkpoint", "save", "mine")).code).toBe(0);
    expect(await left()).toEqual([]);
    expect((await listed()).map(({ name }) => name)).not.toContain("killed");
    expect((await lab("checkpoint", "delete", "mine")).code).toBe(0);
  });
}
