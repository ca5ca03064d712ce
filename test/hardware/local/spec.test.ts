import { describe, expect, it } from "vitest";
import { nodeFiles } from "../../../src/hardware/local/files.ts";
import { bridgeNames, OWNER } from "../../../src/hardware/local/names.ts";
import { instanceSpec } from "../../../src/hardware/local/spec.ts";
import { CONFIG } from "../stack.ts";

const spec = (node: string, config = CONFIG) => instanceSpec("lab", config, node, "/c/guest/x");

describe("an instance", () => {
  it("is limited as configured, and says so where it is not", () => {
    expect(spec("compute").config).toMatchObject({
      "limits.memory": "4GiB",
      "limits.cpu": "2",
      [OWNER]: "lab",
    });
    expect(spec("control").config["limits.cpu"]).toBe("");
  });

  it("is nobody on this machine, and another nobody than its neighbours, by default", () => {
    expect(spec("control").born).toEqual({
      "security.privileged": "false",
      "security.idmap.isolated": "true",
      "security.nesting": "true",
      "security.guestapi": "false",
    });
    const open = spec("control", { ...CONFIG, hardware: { ...CONFIG.hardware, privileged: true } });
    expect(open.born).toMatchObject({ "security.privileged": "true" });
    expect(open.born).not.toHaveProperty("security.idmap.isolated");
    expect(open.config).toEqual(spec("control").config);
  });

  it("asks for nothing that a restricted project forbids", () => {
    const { born, config } = spec("control");
    expect(Object.keys({ ...born, ...config }).filter((key) => key.startsWith("raw."))).toEqual([]);
  });

  it("has a card in each network", () => {
    const { management, tunnel, provider } = spec("control").devices;
    expect([management?.name, tunnel?.name, provider?.name]).toEqual(["eth0", "eth1", "eth2"]);
    expect(tunnel?.parent).toBe(bridgeNames("lab").tunnel);
  });

  it("has the guest's files, read-only, on control nodes alone", () => {
    expect(spec("control").devices.guest).toMatchObject({ source: "/c/guest/x", readonly: "true" });
    expect(spec("compute").devices.guest).toBeUndefined();
  });

  it("reaches the package cache where that is on", () => {
    expect(spec("compute").devices.cache).toMatchObject({ type: "proxy", bind: "instance" });
    const off = { ...CONFIG, hardware: { ...CONFIG.hardware, packageCache: false } };
    expect(spec("compute", off).devices.cache).toBeUndefined();
  });
});

describe("a node's files", () => {
  const files = nodeFiles(CONFIG, "compute", {
    management: "10.70.0.12",
    tunnel: "10.70.1.12",
    provider: "10.70.2.12",
  });

  it("carry its name, addresses and resolver", () => {
    expect(files["/etc/hostname"]).toBe("compute\n");
    expect(files["/etc/resolv.conf"]).toBe("nameserver 10.70.0.1\n");
    expect(files["/etc/systemd/network/10-management.network"]).toContain(
      "Address=10.70.0.12/24\nGateway=10.70.0.1\n",
    );
    expect(files["/etc/systemd/network/20-tunnel.network"]).toContain("Address=10.70.1.12/24\n");
    expect(files["/etc/systemd/network/20-tunnel.network"]).not.toContain("Gateway");
  });

  it("leave the provider card without an address", () => {
    expect(files["/etc/systemd/network/30-provider.network"]).toContain("Name=eth2");
    expect(files["/etc/systemd/network/30-provider.network"]).not.toContain("Address=");
  });
});
