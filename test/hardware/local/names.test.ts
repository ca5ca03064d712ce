import { describe, expect, it } from "vitest";
import { bridgeNames, hardwareAddress, instanceName } from "../../../src/hardware/local/names.ts";

describe("names", () => {
  it("keeps bridges within the kernel's 15 characters, also of the longest stack", () => {
    for (const stack of ["lab", "a".repeat(30)]) {
      for (const bridge of Object.values(bridgeNames(stack))) {
        expect(bridge).toMatch(/^ss[0-9a-f]{6}-(mgmt|tun|prov)$/);
        expect(bridge.length).toBeLessThanOrEqual(15);
      }
    }
  });

  it("keeps two stacks apart and one stack the same", () => {
    expect(bridgeNames("lab").management).toBe("ssa51146-mgmt");
    expect(bridgeNames("lab2").management).not.toBe(bridgeNames("lab").management);
    expect(instanceName("lab", "control")).toBe("lab-control");
  });

  it("gives every card of every node an address of its own, always the same", () => {
    const all = ["control", "compute"].flatMap((node) => [
      hardwareAddress("lab", node, "management"),
      hardwareAddress("lab", node, "tunnel"),
      hardwareAddress("lab", node, "provider"),
    ]);
    expect(new Set(all).size).toBe(6);
    for (const address of all) expect(address).toMatch(/^10:66:6a(:[0-9a-f]{2}){3}$/);
    expect(hardwareAddress("lab", "control", "management")).toBe(all[0]);
  });
});
