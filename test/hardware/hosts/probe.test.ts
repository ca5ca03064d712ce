import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { connectionTo, LoginError } from "../../../src/hardware/hosts/login.ts";
import { plannedHost } from "../../../src/hardware/hosts/planned-node.ts";
import { prepareScript } from "../../../src/hardware/hosts/prepare.ts";
import { parseProbe, probeScript } from "../../../src/hardware/hosts/probe.ts";
import { releaseScript } from "../../../src/hardware/hosts/release.ts";
import { syntaxError } from "../../actions/shell.ts";
import { hostsConfig } from "./stack.ts";

describe("the probe", () => {
  it("asks this machine, which need not be a host, and changes nothing", () => {
    // What would wait for somebody, or ask a name server.
    const still = "sudo() { echo no; return 1; }; timeout() { return 0; }; systemctl() { :; }\n";
    const script = still + probeScript({ management: "lo", tunnel: "", provider: "none0" });
    const facts = parseProbe(
      execFileSync("sh", ["-c", script], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }),
    );
    expect(facts?.os.id).toMatch(/./);
    expect(facts?.cards.management).toMatchObject({ name: "lo", master: "" });
    expect([facts?.cards.tunnel.name, facts?.cards.provider.name]).toEqual(["", ""]);
    expect(facts?.memoryMiB).toBeGreaterThan(64);
    expect(Math.abs((facts?.time ?? 0) - Date.now() / 1000)).toBeLessThan(60);
  });

  it("is not believed where it was cut off", () => {
    expect(parseProbe("os.id debian\nos.version 13\n")).toBeUndefined();
  });

  it("reads values of several words, and several of a kind", () => {
    const facts = parseProbe(
      "os.name Debian 13\nopenstack a\nopenstack b\ntunnel.address 10.0.0.1/24\nend end\n",
    );
    expect([facts?.os.name, facts?.openstack, facts?.cards.tunnel.addresses]).toEqual([
      "Debian 13",
      ["a", "b"],
      ["10.0.0.1/24"],
    ]);
  });
});

describe("a host", () => {
  const config = hostsConfig();

  it("is a place with its addresses and the cards that it is said to have", () => {
    expect(plannedHost(config, "network")).toEqual({
      name: "network",
      roles: ["network"],
      addresses: { management: "192.0.2.13", tunnel: "198.51.100.13", provider: "203.0.113.13" },
      interfaces: { management: "enp1s0", tunnel: "52:54:00:12:34:56", provider: "enp3s0" },
    });
  });

  it.each([
    ["probed", probeScript(plannedHost(config, "network").interfaces)],
    ["made a node", prepareScript("mine", config, "network")],
    ["given back", releaseScript(config, "network")],
  ])("is %s by shell that a shell can read", (_what, script) => expect(syntaxError(script)).toBe(""));
});

describe("logging in", () => {
  const host = hostsConfig().hardware.hosts.control;
  if (host === undefined) throw new Error("no host");

  it("names a key file that is not there, or that holds no key", () => {
    const folder = mkdtempSync(join(tmpdir(), "hosts-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    expect(() => connectionTo("control", host)).toThrow(LoginError);
    expect(() => connectionTo("control", host)).toThrow(
      "hardware.hosts.control.key: found /nowhere/key (no such file), expected a private key file",
    );
    const key = join(folder, "key");
    writeFileSync(key, "ssh-ed25519 AAAA");
    expect(() => connectionTo("control", { ...host, key })).toThrow("holds no private key");
    writeFileSync(key, "-----BEGIN OPENSSH PRIVATE KEY-----\nx\n");
    expect(connectionTo("control", { ...host, key })).toMatchObject({ host: "192.0.2.11", user: "debian" });
  });
});
