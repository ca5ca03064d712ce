import { hostAddress } from "../config/ipv4.ts";
import type { StackConfig } from "../config/schema.ts";
import { INTERFACES } from "../hardware/local/names.ts";
import type { Place } from "./values.ts";

/** The nodes of a stack as its configuration alone tells them: addresses are known before anything exists. */
export function places(config: StackConfig): Place[] {
  const { management, tunnel, provider } = config.hardware.networks;
  return Object.entries(config.nodes).map(([name, node]) => ({
    name,
    roles: node.roles,
    addresses: {
      management: hostAddress(management.cidr, node.number),
      tunnel: hostAddress(tunnel.cidr, node.number),
      provider: hostAddress(provider.cidr, node.number),
    },
    interfaces: INTERFACES,
  }));
}
