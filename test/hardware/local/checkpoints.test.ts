import { describe, expect, it } from "vitest";
import { removalScript, restoreScript, takeScript } from "../../../src/hardware/local/checkpoint-script.ts";
import { snapshotsIn } from "../../../src/hardware/local/checkpoints.ts";
import { BY, OWNER, STATE } from "../../../src/hardware/local/names.ts";
import { runScript } from "./fake-incus.ts";

// Names that no instance of this machine has: so there is no switch of the kernel's, and Incus is asked to pause.
const STACK = "nostack";
const NODES = ["control", "compute"];

describe("taking snapshots", () => {
  const take = (state: string, busy = 0) =>
    runScript(takeScript(STACK, NODES, "after-x.1"), { config: null, state, busy });

  it("has all that run stand still meanwhile, and go on after", () => {
    const { code, calls } = take("nostack-control,RUNNING\nnostack-compute,RUNNING\nother,RUNNING");
    expect(code).toBe(0);
    expect(calls.slice(0, 2)).toEqual(["pause nostack-control", "pause nostack-compute"]);
    expect(calls.slice(2, 4).sort()).toEqual([
      "snapshot create nostack-compute after-x.1",
      "snapshot create nostack-control after-x.1",
    ]);
    expect(calls.slice(4)).toEqual(["resume nostack-control", "resume nostack-compute"]);
  });

  it("takes what does not run as it is", () => {
    const { calls } = take("nostack-control,RUNNING\nnostack-compute,STOPPED");
    expect(calls.filter((call) => /pause|resume/.test(call))).toEqual([
      "pause nostack-control",
      "resume nostack-control",
    ]);
    expect(calls.filter((call) => call.startsWith("snapshot"))).toHaveLength(2);
  });

  it("has them go on also where a snapshot cannot be taken, and says so", () => {
    // Busy is the fake's only fault: the two calls that pause fail, so the script ends before any snapshot.
    const { code, calls, stderr } = take("nostack-control,RUNNING\nnostack-compute,RUNNING", 1);
    expect(stderr).toContain("busy");
    expect(code).not.toBe(0);
    expect(calls).toEqual(["resume nostack-control", "resume nostack-compute"]);
  });

  it("touches nothing where Incus does not answer", () => {
    expect(runScript(takeScript(STACK, NODES, "i"), { config: null, down: true }).code).not.toBe(0);
  });
});

describe("putting nodes back", () => {
  const restore = (own: string, busy = 0) =>
    runScript(restoreScript(STACK, NODES, "after-x.1"), { config: MARK, state: own, busy });
  const MARK = { [STATE]: "0123456789ab", [BY]: "user ann" };

  it("stops all, puts all back, starts all", () => {
    const { code, calls } = restore("nostack-control\nnostack-compute");
    expect(code).toBe(0);
    const marking = `config set nostack-control ${STATE}=0123456789ab ${BY}=user ann`;
    expect(calls.indexOf(marking)).toBeGreaterThan(
      calls.indexOf("snapshot restore nostack-control after-x.1"),
    );
    const steps = calls
      .filter((call) => !call.startsWith("config set"))
      .map((call) => call.split(" ").slice(0, 2).join(" "));
    expect(steps).toEqual([
      "snapshot show",
      "snapshot show",
      "stop --force",
      "stop --force",
      "snapshot restore",
      "snapshot restore",
      expect.stringMatching(/^start nostack-/),
      expect.stringMatching(/^start nostack-/),
    ]);
  });

  it("removes the stack's nodes that were not there then, before the others are put back", () => {
    const { calls } = restore("nostack-control\nnostack-compute\nnostack-network");
    const at = calls.indexOf("delete --force nostack-network");
    expect(at).toBeGreaterThan(3);
    expect(at).toBeLessThan(calls.findIndex((call) => call.startsWith("snapshot restore")));
    expect(calls.filter((call) => call.startsWith("delete"))).toHaveLength(1);
  });

  it("touches nothing where a snapshot is missing", () => {
    const { code, calls, stderr } = restore("nostack-control\nnostack-compute", 1);
    expect(stderr).toContain("has no snapshot after-x.1");
    expect({ code, calls }).toEqual({ code: 1, calls: [] });
  });
});

describe("removing snapshots", () => {
  it("removes those that are there", () => {
    const known = { config: null, state: "nostack-control", snapshots: "after-x.1\nafter-y.1\n" };
    const { code, calls } = runScript(removalScript(STACK, ["after-x.1", "after-z.1"]), known);
    expect({ code, calls }).toEqual({ code: 0, calls: ["snapshot delete nostack-control after-x.1"] });
  });
});

describe("the snapshots there are", () => {
  const instance = (name: string, stack: string, snapshots: object[] | null) => ({
    name,
    config: { [OWNER]: stack },
    snapshots,
  });

  it("are those of the stack's nodes, with their size where it is counted", () => {
    const json = JSON.stringify([
      instance("a-control", "a", [
        { name: "after-x.1", size: 5 },
        { name: "after-y.2", size: -1 },
      ]),
      instance("a-b-control", "a-b", [{ name: "after-x.1", size: 5 }]),
      instance("a-compute", "a", null),
    ]);
    expect(snapshotsIn("a", json)).toEqual([
      { id: "after-x.1", node: "control", bytes: 5 },
      { id: "after-y.2", node: "control", bytes: null },
    ]);
  });
});
