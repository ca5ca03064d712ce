import { addressOf, type KindConfig } from "../config/kind.ts";
import type { StackConfig } from "../config/schema.ts";
import type { Role } from "../curriculum/types.ts";

/** Addresses of a node, without prefix length. All are known before it exists. */
export interface Addresses {
  readonly management: string;
  readonly tunnel: string;
  readonly provider: string;
}

/**
 * The network interface of a node in each network, by its name in the node's kernel or by its MAC (the facts `tunnel_interface` and
 * `provider_interface` have the names); empty where the node needs none.
 */
export interface Interfaces {
  readonly management: string;
  readonly tunnel: string;
  readonly provider: string;
}

/** What is known of a node from the configuration alone. */
export interface PlannedNode {
  readonly name: string;
  readonly roles: readonly Role[];
  readonly addresses: Addresses;
  readonly interfaces: Interfaces;
}

/**
 * A node as the configuration tells it. @param kind that gives addresses other than the node's number in each network
 * @throws Error for a network that is not one (configuration is checked before)
 */
export function plannedNode(
  config: StackConfig,
  name: string,
  interfaces: Interfaces,
  kind: Pick<KindConfig, "givenAddress"> = {},
): PlannedNode {
  return {
    name,
    roles: config.nodes[name]?.roles ?? [],
    addresses: {
      management: addressOf(config, kind, name, "management"),
      tunnel: addressOf(config, kind, name, "tunnel"),
      provider: addressOf(config, kind, name, "provider"),
    },
    interfaces,
  };
}
