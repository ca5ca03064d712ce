import { describe, expect, it } from "vitest";
import { BY, bridgeNames, OWNER, STATE } from "../../../src/hardware/local/names.ts";
import { networkRemoval, networkScript, networkSettings } from "../../../src/hardware/local/network.ts";
import { CONFIG } from "../stack.ts";
import { type Known, runScript } from "./fake-incus.ts";

const { management, tunnel, provider } = CONFIG.hardware.networks;
const name = bridgeNames("lab").tunnel;
const MARK = { id: "0123456789ab", by: "user ann, state in /home/ann/state" };
const OURS = { [OWNER]: "lab", [STATE]: MARK.id };
const make = (known: Known) => runScript(networkScript("lab", "tunnel", tunnel, MARK), known);
const remove = (known: Known) => runScript(networkRemoval("lab", "tunnel", MARK), { state: "", ...known });

describe("networks", () => {
  it("hand out no address and have no IPv6", () => {
    expect(networkSettings("lab", "management", management, MARK)).toEqual({
      "ipv4.address": "10.70.0.1/24",
      "ipv4.dhcp": "false",
      "ipv4.nat": "true",
      "ipv4.routing": "true",
      "ipv6.address": "none",
      [OWNER]: "lab",
      [STATE]: "0123456789ab",
      [BY]: "user ann, state in /home/ann/state",
    });
  });

  it("lead outside, but for the tunnel's", () => {
    expect(networkSettings("lab", "provider", provider, MARK)["ipv4.nat"]).toBe("true");
    expect(networkSettings("lab", "tunnel", tunnel, MARK)).toMatchObject({
      "ipv4.nat": "false",
      "ipv4.routing": "true",
    });
  });

  it("are made where they are missing", () =>
    expect(make({ config: null }).calls[0]).toMatch(`network create ${name} ipv4.address=10.70.1.1/24`));
  it("are set right where they are ours", () =>
    expect(make({ config: OURS }).calls[0]).toMatch(`network set ${name} ipv4.address=`));
  it("are left alone where they are not", () => {
    for (const act of [make, remove]) {
      const { code, calls, stderr } = act({ config: { [OWNER]: "other" } });
      expect({ code, calls }).toEqual({ code: 1, calls: [] });
      expect(stderr).toContain(`${name} was not made by stack lab`);
    }
  });
  it("are left alone where another state of the same stack name made them, or one that is not known", () => {
    const bob = { [OWNER]: "lab", [STATE]: "ba9876543210", [BY]: "user bob, state in /home/bob/state" };
    for (const act of [make, remove]) {
      const { code, calls, stderr } = act({ config: bob });
      expect({ code, calls }).toEqual({ code: 1, calls: [] });
      expect(stderr).toContain("another one of stack lab (user bob, state in /home/bob/state)");
      expect(act({ config: { [OWNER]: "lab" } })).toMatchObject({ code: 1, calls: [] });
    }
  });
  it("are removed, once", () => {
    expect(remove({ config: OURS }).calls).toEqual([`network delete ${name}`]);
    expect(remove({ config: null })).toMatchObject({ code: 0, calls: [] });
    expect(remove({ config: null, down: true }).code).toBe(1);
  });
  it("take along what an up that was killed had left on them, once it is no longer busy", () => {
    const ours = OURS;
    const gone = ["delete --force lab-control", `network delete ${name}`];
    expect(remove({ config: ours, state: "lab-control" }).calls).toEqual(gone);
    expect(remove({ config: ours, state: "lab-control", busy: 4 }).calls).toEqual(gone);
    expect(remove({ config: ours, busy: 99 })).toMatchObject({ code: 1, calls: [] });
    expect(remove({ config: ours, busy: 99 }).stderr).toContain("busy");
  });
});
