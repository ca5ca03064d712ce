import { hostAddress } from "./ipv4.ts";
import type { NetworkName } from "./networks.ts";
import type { StackConfig } from "./schema.ts";

/**
 * A node's address in a network: the one its host is said to have, else its number, counted in the network.
 * @throws Error for a network that is not one (configuration is checked before)
 */
export function addressOf({ hardware, nodes }: StackConfig, node: string, network: NetworkName): string {
  const given = hardware.kind === "hosts" ? hardware.hosts[node]?.addresses[network] : undefined;
  return given ?? hostAddress(hardware.networks[network].cidr, nodes[node]?.number ?? 0);
}
