import { describe, expect, it } from "vitest";
import { checkHost, describeHost } from "../../../src/hardware/hosts/check-host.ts";
import type { Card, HostFacts } from "../../../src/hardware/hosts/probe.ts";
import cases from "../../cases/hardware/hosts.json" with { type: "json" };
import { hostsConfig } from "./stack.ts";

const NOW = 1_700_000_000;
const card = (name: string, addresses: string[] = []): Card => ({
  name,
  addresses,
  default: false,
  master: "",
  kind: "",
  children: [],
  configured: "",
  connections: [],
  programs: [],
});
const GOOD: HostFacts = {
  os: { id: "debian", version: "13", name: "Debian GNU/Linux 13 (trixie)" },
  architecture: "amd64",
  hostname: "rack3",
  cpus: 4,
  memoryMiB: 8192,
  freeMiB: 100_000,
  time: NOW,
  sudo: "ok",
  unresolved: [],
  silentProxies: [],
  cards: { management: card("enp1s0", ["192.0.2.13/24"]), tunnel: card("enp2s0"), provider: card("enp3s0") },
  stack: "",
  node: "",
  openstack: [],
};

type Cards = Partial<Record<keyof HostFacts["cards"], Partial<Card>>>;

describe("what is in the way of a node on its host", () => {
  it.each(cases)("$case", ({ facts, problems, adopt, fix = "" }) => {
    const { cards = {}, ...others } = facts as Partial<Omit<HostFacts, "cards">> & { cards?: Cards };
    const seen: HostFacts = {
      ...GOOD,
      ...others,
      cards: {
        management: { ...GOOD.cards.management, ...cards.management },
        tunnel: { ...GOOD.cards.tunnel, ...cards.tunnel },
        provider: { ...GOOD.cards.provider, ...cards.provider },
      },
    };
    const found = checkHost("mine", hostsConfig(adopt), "network", seen, NOW);
    expect(
      found.map(({ where, found, expected }) => `${where}: found ${found}, expected ${expected}`),
    ).toEqual(problems);
    for (const one of found) expect(one.fix).not.toBe("");
    expect(found.map((one) => one.fix).join("\n")).toContain(fix);
  });
});

it("a host is described in a line", () => {
  expect(describeHost(hostsConfig(), "network", GOOD)).toBe(
    "network (network) on debian@192.0.2.13:22: rack3, Debian GNU/Linux 13 (trixie), 4 cores, 8.0 GiB memory, 97.7 GiB free; " +
      "management enp1s0 192.0.2.13; tunnel enp2s0 198.51.100.13; provider enp3s0; nothing of this lab yet",
  );
});
