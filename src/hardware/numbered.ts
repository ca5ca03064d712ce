import { hostAddress } from "../config/ipv4.ts";
import type { StackConfig } from "../config/schema.ts";
import type { Addresses } from "./types.ts";

/** A node's address in each network: its number, counted in the network. */
export function numberedAddresses(config: StackConfig, node: string): Addresses {
  const { management, tunnel, provider } = config.hardware.networks;
  const number = config.nodes[node]?.number ?? 0;
  return {
    management: hostAddress(management.cidr, number),
    tunnel: hostAddress(tunnel.cidr, number),
    provider: hostAddress(provider.cidr, number),
  };
}
