import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ROOT } from "../../src/config/paths.ts";
import { run } from "./harness.ts";

const STACK = "test-surroundings";
const FILE = join(ROOT, "stacks", `Pulumi.${STACK}.yaml`);
const NETWORKS = { management: "10.231.4.0/24", tunnel: "10.231.5.0/24", provider: "10.231.6.0/24" };

/** Runs `lab` in a network namespace of its own, with a firewall and routes that nobody else meets. */
const alone = (setting: string, command: string) =>
  run("unshare", ["-n", "sh", "-euc", `ip link set lo up\n${setting}\nexec scripts/lab ${command}`]);
const DROPS =
  "nft 'add table inet strict; add chain inet strict way { type filter hook forward priority 0; policy drop; }'";
const LETS = `${DROPS}
nft insert rule inet strict way iifname 'ss*' accept
nft insert rule inet strict way oifname 'ss*' accept`;
const vpn = (...routes: string[]): string =>
  [
    "ip link add vpn0 type bridge",
    "ip link set vpn0 up",
    ...routes.map((to) => `ip route add ${to} dev vpn0`),
  ].join("\n");

describe("a firewall that drops what is forwarded", () => {
  const firewall = async (setting: string) => {
    const { stdout } = await alone(setting, "doctor --json");
    return stdout.split("\n").find((line) => line.includes('"id":"firewall"'));
  };

  test("doctor names its rule, and the commands that let the lab through do so", async () => {
    expect(await firewall(DROPS)).toContain("policy drop in chain way of table inet strict");
    expect(await firewall(DROPS)).toContain("nft insert rule inet strict way oifname 'ss*' accept");
    expect(await firewall(LETS)).toContain("lets labs through");
  });
});

describe("before a lab is built", () => {
  beforeAll(() => {
    const networks = Object.entries(NETWORKS).map(([name, cidr]) => `${name}: { cidr: ${cidr} }`);
    writeFileSync(
      FILE,
      `config:\n  scratchstack:lab: lab001\n  scratchstack:hardware: { networks: { ${networks.join(", ")} } }\n`,
    );
  });
  afterAll(() => rmSync(FILE, { force: true }));

  test("preview warns of the firewall, and wider routes of a VPN are no conflict", async () => {
    const setting = `${DROPS}\n${vpn("0.0.0.0/1", "10.0.0.0/8", "10.231.0.0/16")}`;
    const { code, stdout, stderr } = await alone(setting, `preview --stack ${STACK} --json`);
    expect(code, stderr).toBe(0);
    const found = stdout.split("\n").filter((line) => line.startsWith('{"type":"found"'));
    expect(found.filter((line) => line.includes("Warning: firewall"))).toHaveLength(1);
    expect(found.join("\n")).not.toContain("vpn0");
  });

  test("a route that is as specific is a conflict, and is named", async () => {
    const { code, stderr } = await alone(vpn(NETWORKS.tunnel), `preview --stack ${STACK}`);
    expect(code).toBe(1);
    expect(stderr).toContain(`this machine's route to ${NETWORKS.tunnel} over vpn0`);
    expect(stderr).toContain("nothing was touched");
  });
});
