import { describe, expect, it } from "vitest";
import { nodeFiles } from "../../../src/hardware/local/files.ts";
import { BY, COMPLETE, OWNER, ownerMark, STATE } from "../../../src/hardware/local/names.ts";
import { type NodePlan, nodeRemoval, nodeScript } from "../../../src/hardware/local/node.ts";
import { instanceSpec } from "../../../src/hardware/local/spec.ts";
import { CONFIG } from "../stack.ts";
import { type Known, runScript } from "./fake-incus.ts";

const ADDRESSES = { management: "10.70.0.12", tunnel: "10.70.1.12", provider: "10.70.2.12" };
const KEY = "-----BEGIN OPENSSH PRIVATE KEY-----\nprivate\n-----END OPENSSH PRIVATE KEY-----";
const marked = (...of: Parameters<typeof instanceSpec>) => {
  const spec = instanceSpec(...of);
  return { ...spec, config: { ...spec.config, ...ownerMark("lab", { id: "0123456789ab", by: "user ann" }) } };
};
const PLAN: NodePlan = {
  stack: "lab",
  instance: "lab-compute",
  image: { alias: "image-1", script: "incus make image-1" },
  spec: marked("lab", CONFIG, "compute", "/tmp/guest"),
  files: nodeFiles(CONFIG, "compute", ADDRESSES),
  state: "0123456789ab",
  address: ADDRESSES.management,
  hostKey: "ssh-ed25519 HOST",
  loginKey: "ssh-ed25519 LOGIN",
};
const run = (known: Known, plan = PLAN, answer = plan.hostKey) =>
  runScript(nodeScript(plan), known, answer, `${KEY}\n`);
const complete = (plan: NodePlan) => /complete=([0-9a-f]{16})/.exec(nodeScript(plan))?.[1] ?? "";
const made = { [OWNER]: "lab", [STATE]: PLAN.state, [COMPLETE]: complete(PLAN) };

describe("making a node", () => {
  it("makes it, puts its files in, marks it complete, starts it", () => {
    const { code, calls, given } = run({ config: null });
    expect(code).toBe(0);
    expect(calls.map((call) => call.split(" ").slice(0, 2).join(" "))).toEqual([
      "make image-1",
      "init --quiet",
      ...Array(7).fill("file push"),
      "config set",
      "start lab-compute",
    ]);
    const { born, config, devices } = PLAN.spec;
    expect(JSON.parse(given.init ?? "")).toEqual({ config: { ...born, ...config }, devices });
    expect(given["lab-compute/etc/hostname"]).toBe("compute\n");
    expect(given["lab-compute/root/.ssh/authorized_keys"]).toBe("ssh-ed25519 LOGIN\n");
    expect(calls.at(-2)).toContain("linux.kernel_modules=vxlan");
  });

  it("gives the private key to its file alone, never to a command line", () => {
    const { calls, given } = run({ config: null });
    expect(given["lab-compute/etc/ssh/ssh_host_ed25519_key"]).toBe(`${KEY}\n`);
    expect(calls.find((call) => call.includes("ssh_host"))).toContain("--mode 0600");
    expect(calls.join("\n")).not.toContain("private");
    expect(nodeScript(PLAN)).not.toContain("PRIVATE");
  });

  it("keeps a complete one: limits and devices follow, what it was born with stays, nothing is made", () => {
    const { calls } = run({ config: made, state: "RUNNING" });
    const { config, devices } = PLAN.spec;
    const follows = JSON.stringify({ config, devices });
    expect(calls).toEqual([`query --wait -X PATCH -d ${follows} /1.0/instances/lab-compute`]);
    expect(follows).not.toContain("security.");
  });

  it("is the same to one that was born privileged", () => {
    const hardware = { ...CONFIG.hardware, privileged: true };
    const open = { ...PLAN, spec: marked("lab", { ...CONFIG, hardware }, "compute", "/tmp/guest") };
    expect(complete(open)).toBe(complete(PLAN));
    expect(run({ config: made, state: "RUNNING" }, open).calls).toEqual(
      run({ config: made, state: "RUNNING" }).calls,
    );
  });

  it("starts a complete one that stands still, and waits while Incus is busy with it", () => {
    const { code, calls } = run({ config: made, busy: 3 });
    expect(code).toBe(0);
    expect(calls.at(-1)).toBe("start lab-compute");
  });

  it.each([
    ["that was cut off while it was made", { [OWNER]: "lab", [STATE]: PLAN.state }],
    [
      "made of other files",
      { [OWNER]: "lab", [STATE]: PLAN.state, [COMPLETE]: complete({ ...PLAN, hostKey: "ssh-ed25519 OLD" }) },
    ],
  ])("makes one anew %s", (_, config) => {
    const { calls } = run({ config });
    expect(calls[0]).toBe("delete --force lab-compute");
    expect(calls[1]).toBe("make image-1");
    expect(calls[2]).toMatch(/^init/);
  });

  it("keeps one when only the image or a limit is another", () => {
    const spec = { ...PLAN.spec, config: { ...PLAN.spec.config, "limits.memory": "9GiB" } };
    expect(complete({ ...PLAN, image: { alias: "image-2", script: "" }, spec })).toBe(complete(PLAN));
  });

  it("refuses what another stack or nobody made", () => {
    for (const config of [{ [OWNER]: "other" }, {}]) {
      const { code, calls, stderr } = run({ config });
      expect(code).toBe(1);
      expect(calls).toEqual([]);
      expect(stderr).toContain("lab-compute was not made by stack lab");
    }
  });

  it("refuses what another state of the same stack name made, and what no state is known of", () => {
    const bob = { [OWNER]: "lab", [STATE]: "ba9876543210", [BY]: "user bob, state in /home/bob/state" };
    const { code, calls, stderr } = run({ config: { ...bob, [COMPLETE]: "0" } });
    expect({ code, calls }).toEqual({ code: 1, calls: [] });
    expect(stderr).toContain("another one of stack lab (user bob, state in /home/bob/state)");
    expect(run({ config: { [OWNER]: "lab" } })).toMatchObject({ code: 1, calls: [] });
  });

  it("marks what it made before there were marks of states", () => {
    const { code, calls } = run({ config: { [OWNER]: "lab", [COMPLETE]: complete(PLAN) }, state: "RUNNING" });
    expect(code).toBe(0);
    expect(calls).toHaveLength(1);
    expect(calls[0]).toContain(`"${STATE}":"0123456789ab"`);
  });

  it("refuses an address that answers with another key", () => {
    const { code, stderr } = run({ config: null }, PLAN, "ssh-ed25519 SOMEBODY");
    expect(code).toBe(1);
    expect(stderr).toContain("10.70.0.12 answers with another machine's SSH key");
  });
});

describe("removing a node", () => {
  const remove = (known: Known) => runScript(nodeRemoval("lab", "lab-compute", PLAN.state), known);

  it("deletes it by force", () =>
    expect(remove({ config: made, busy: 2 }).calls).toEqual(["delete --force lab-compute"]));
  it("has nothing to do when it is gone", () =>
    expect(remove({ config: null })).toMatchObject({ code: 0, calls: [] }));
  it("never touches another state's", () =>
    expect(remove({ config: { [OWNER]: "lab", [STATE]: "other" } })).toMatchObject({ code: 1, calls: [] }));
  it("never touches another stack's", () =>
    expect(remove({ config: { [OWNER]: "other" } })).toMatchObject({ code: 1, calls: [] }));
  it("does not take an Incus that is down for nothing left", () =>
    expect(remove({ config: null, down: true })).toMatchObject({ code: 1, calls: [] }));
});
