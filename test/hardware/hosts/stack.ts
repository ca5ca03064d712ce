import type { HostsStack } from "../../../src/hardware/hosts/config.ts";
import { parseStackConfig } from "../../../src/hardware/stack-config.ts";

const KEY = `ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI${"A".repeat(43)}`;
const login = (address: string) => ({ address, user: "debian", key: "/nowhere/key", hostKey: KEY });
const [TUNNEL, PROVIDER] = ["52:54:00:12:34:56", "enp3s0"];

/** Lab002 on three hosts of documents. @param adopt of the network node's host */
export function hostsConfig(adopt = false): HostsStack {
  return parseStackConfig("mine", {
    lab: "lab002",
    hardware: {
      kind: "hosts",
      networks: {
        management: { cidr: "192.0.2.0/24" },
        tunnel: { cidr: "198.51.100.0/24" },
        provider: { cidr: "203.0.113.0/24" },
      },
      hosts: {
        control: { ...login("192.0.2.11"), interfaces: { management: "enp1s0" } },
        compute: { ...login("192.0.2.12"), interfaces: { management: "enp1s0", tunnel: "enp2s0" } },
        network: {
          ...login("192.0.2.13"),
          interfaces: { management: "enp1s0", tunnel: TUNNEL, provider: PROVIDER },
          adopt,
        },
      },
    },
  }) as HostsStack;
}
