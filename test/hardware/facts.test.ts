import { execFileSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { factsScript } from "../../src/hardware/facts.ts";
import { KEY_SCRIPT } from "../../src/hardware/keys.ts";
import { CONFIG } from "./stack.ts";

/** Every machine has a loopback device. */
const CARDS = { management: "eth0", tunnel: "lo", provider: "" };
const sh = (script: string) =>
  execFileSync("sh", ["-c", script], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
/** The node's own modules are looked at; none of this machine's is loaded. */
const facts = (virtualization: "kvm" | "qemu", datapath: "auto" | "kernel" | "netdev" = "auto") => {
  const settings = { ...CONFIG.settings, virtualization, datapath };
  return JSON.parse(sh(`modprobe() { return 1; }\n${factsScript({ ...CONFIG, settings }, CARDS)}`));
};

describe("facts", () => {
  it("are one object of strings, none empty but the card that it has not", () => {
    const found = facts("qemu");
    expect(Object.keys(found).sort()).toEqual(
      [
        "cgroup",
        "cpu_model",
        "cpus",
        "datapath",
        "datapath_type",
        "device_mapper",
        "iscsi",
        "memory",
        "provider_interface",
        "tunnel_device",
        "tunnel_interface",
        "userspace",
        "virt_type",
      ].sort(),
    );
    const { provider_interface: absent, ...others } = found;
    expect(absent).toBe("");
    for (const value of Object.values(others)) expect(value).toMatch(/./);
    expect(found.datapath).toMatch(/^(kernel|netdev)$/);
    expect(Number(found.memory)).toBeGreaterThan(64);
  });

  it("follow the setting where it is not `auto`", () => {
    expect(facts("kvm").virt_type).toBe("kvm");
    expect(facts("qemu").virt_type).toBe("qemu");
    expect(facts("qemu", "kernel")).toMatchObject({
      datapath: "kernel",
      datapath_type: "system",
      userspace: "false",
      tunnel_device: "lo",
    });
    expect(facts("qemu", "netdev")).toMatchObject({
      datapath: "netdev",
      datapath_type: "netdev",
      userspace: "true",
      tunnel_interface: "lo",
      tunnel_device: "br-vtep",
    });
  });

  it("try a guest where it is `auto`", () => expect(factsScript(CONFIG, CARDS)).toContain("/dev/kvm"));
});

describe("keys", () => {
  it("are a pair as OpenSSH writes it, new each time", () => {
    const [one, two] = [JSON.parse(sh(KEY_SCRIPT)), JSON.parse(sh(KEY_SCRIPT))];
    expect(one.private).toMatch(
      /^-----BEGIN OPENSSH PRIVATE KEY-----\n[\s\S]*\n-----END OPENSSH PRIVATE KEY-----\n$/,
    );
    expect(one.public).toMatch(/^ssh-ed25519 [A-Za-z0-9+/=]+$/);
    expect(two.public).not.toBe(one.public);
  });
});
