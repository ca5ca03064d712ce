import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { networkKind } from "../../src/actions/network/index.ts";
import type { NetworkAction } from "../../src/curriculum/actions.ts";
import { standIn } from "./cloud.ts";
import { FakeNeutron } from "./fake-neutron.ts";
import type { Outcome } from "./shell.ts";

const CASE = join(import.meta.dirname, "..", "cases", "actions", "network", "nothing-to-change.json");
const ACTION = (JSON.parse(readFileSync(CASE, "utf8")) as { action: NetworkAction }).action;

/** Changes that the program is let make before it is cut off: 1 tries every place, but takes three times as long. */
const CHANGES_A_RUN = 7;
/** More than there are to make. */
const THINGS = 20;

describe("network against a small Neutron", () => {
  it("goes on where it was killed, mends what changed, and takes everything back", async () => {
    const { neutron, run } = await start();
    await untilDone(neutron, () => run(networkKind.script(ACTION)));
    neutron.patience = Number.POSITIVE_INFINITY;
    Object.assign(neutron.one("subnets", "private"), { dns_nameservers: [], enable_dhcp: false });
    Object.assign(neutron.one("routers", "router"), { external_gateway_info: null, admin_state_up: false });
    Object.assign(neutron.one("ports", "first"), { security_groups: ["theirs"], admin_state_up: false });
    Object.assign(neutron.one("floatingips", "203.0.113.50"), { port_id: null });
    const [rule] = neutron.list("security-group-rules");
    Object.assign(rule ?? {}, { remote_ip_prefix: "192.0.2.0/24" });
    const seen = networkKind.compare(ACTION, (await run(networkKind.probe([ACTION]))).stdout);
    expect(seen.map(({ what }) => what)).toEqual([
      "dhcp of subnet private",
      "dns of subnet private",
      "enabled of router router",
      "external of router router",
      "rules of security group ssh",
      "enabled of port first",
      "groups of port first",
      "port of floating IP 203.0.113.50",
    ]);
    expect((await run(networkKind.script(ACTION))).stdout.split("\n")).toEqual([
      "subnet private changed: enable_dhcp, dns_nameservers",
      "router router changed: admin_state_up, external_gateway_info",
      "security group ssh now lets in tcp 22",
      "port first changed: admin_state_up, security_groups",
      "floating IP 203.0.113.50 changed: port_id",
      "the network is as wanted",
      "",
    ]);
    expect(networkKind.compare(ACTION, (await run(networkKind.probe([ACTION]))).stdout)).toEqual([]);
    // What somebody else added stays, and is no difference.
    expect(neutron.list("security-group-rules")).toHaveLength(3);
    expect(neutron.one("ports", "first").security_groups).toContain("theirs");

    neutron.add("networks", { name: "private", project_id: "theirs" });
    await untilDone(neutron, () => run(networkKind.undo(ACTION)));
    const kinds = ["networks", "subnets", "routers", "ports", "security-groups", "floatingips"];
    expect(kinds.flatMap((kind) => neutron.list(kind)).map(({ project_id }) => project_id)).toEqual([
      "theirs",
    ]);
  });

  it("says in one line what Neutron refuses, cannot change, or that nobody answers", async () => {
    const { neutron, run, server } = await start();
    const made = neutron.add("networks", { name: "private" });
    neutron.add("subnets", { name: "theirs", network_id: made.id, project_id: "theirs" });
    const only: NetworkAction = { kind: "network", networks: [{ name: "private" }] };
    const one = (stderr: string) => ({ code: 1, stdout: "", stderr: `${stderr}\n` });
    expect(await run(networkKind.undo(only))).toEqual(
      one(`Neutron: 409 networks ${made.id} is used by subnets`),
    );
    const flat: NetworkAction = { kind: "network", networks: [{ name: "private", physical: "provider" }] };
    expect((await run(networkKind.script(flat))).stderr).toMatch(
      /^Neutron: network private: provider:physical_network is None, not provider, and cannot be changed: .*\n$/,
    );
    expect(await run(networkKind.undo(only), "wrong")).toEqual(one("Keystone: 401 Who are you?"));
    neutron.busy = 100;
    expect(await run(networkKind.script(only))).toEqual(one("Neutron: 503 Service Unavailable"));
    neutron.busy = 1;
    expect((await run(networkKind.script(only))).stderr).toBe("");
    neutron.busy = 0;
    server.close();
    expect((await run(networkKind.undo(only))).stderr).toMatch(/^Keystone: no answer from \S+: .*refused\n$/);
  });
});

/** Runs a program again and again that is cut off after a few changes. */
async function untilDone(neutron: FakeNeutron, program: () => Promise<Outcome>): Promise<void> {
  for (let left = THINGS; left > 0; left -= CHANGES_A_RUN) {
    neutron.patience = CHANGES_A_RUN;
    const { code, stderr } = await program();
    if (code === 0) return;
    expect(stderr).toMatch(/^Neutron: no answer from \S+: .+\n$/);
  }
  throw new Error("it makes no headway");
}

async function start() {
  const cloud = await standIn((...asked) => neutron.reply(...asked));
  const neutron: FakeNeutron = new FakeNeutron(() => cloud.url);
  return { neutron, ...cloud };
}
