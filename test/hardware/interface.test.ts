import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { INTERFACE } from "../../src/hardware/interface.ts";

const MAC = "52:54:00:12:34:56";
/** What /sys/class/net shows of a device besides its address and numbers. */
type Device = readonly string[];

/** What is found among devices that all have the same MAC. */
function found(devices: Readonly<Record<string, Device>>, wanted = MAC): string {
  const net = mkdtempSync(join(tmpdir(), "net-"));
  onTestFinished(() => rmSync(net, { recursive: true }));
  for (const [index, [name, marks]] of Object.entries(devices).entries()) {
    mkdirSync(join(net, name));
    writeFileSync(join(net, name, "address"), `${MAC}\n`);
    writeFileSync(join(net, name, "ifindex"), `${index}\n`);
    writeFileSync(join(net, name, "iflink"), `${marks.includes("pair") ? 99 : index}\n`);
    for (const mark of marks) writeFileSync(join(net, name, mark), "");
  }
  const script = `${INTERFACE.replaceAll("/sys/class/net", net)}\ninterface ${wanted}`;
  return execFileSync("sh", ["-euc", script], { encoding: "utf8" });
}

it.each<[string, Readonly<Record<string, Device>>, string]>([
  ["a piece of hardware before a bridge above it", { "br-vtep": [], eth1: ["device"] }, "eth1"],
  ["hardware before its VLAN", { "a.100": ["lower_eth1"], eth1: ["device"] }, "eth1"],
  ["a container's end of a pair before a switch's port", { "br-int": [], eth1: ["pair"] }, "eth1"],
  ["a bond, not its parts", { bond0: ["bonding", "lower_eth1"], eth1: ["device", "bonding_slave"] }, "bond0"],
  ["no tap and no bridge", { tap0: ["tun_flags"], br0: ["bridge"], dummy0: [] }, "dummy0"],
])("finds by MAC %s", (_what, devices, name) => expect(found(devices)).toBe(`${name}\n`));

it("takes a name as it is, where there is such a card", () => {
  expect(found({ eth1: [] }, "eth1")).toBe("eth1\n");
  expect(found({ eth1: [] }, "eth2")).toBe("");
  expect(found({ eth1: ["device"] }, "52:54:00:00:00:00")).toBe("");
});
