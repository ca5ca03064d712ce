import type { NetworkName } from "../../config/networks.ts";
import { type Interfaces, type PlannedNode, plannedNode } from "../planned-node.ts";
import type { HostsStack } from "./config.ts";

/** A node as the configuration tells it. */
export const plannedHost = (config: HostsStack, name: string): PlannedNode =>
  plannedNode(config, name, interfacesOf(config, name), { givenAddress });

/** The address that the configuration gives a host in a network. */
export const givenAddress = (
  { hardware }: HostsStack,
  node: string,
  network: NetworkName,
): string | undefined => hardware.hosts[node]?.addresses[network] ?? undefined;

/** MACs as the kernel writes them. */
function interfacesOf({ hardware }: HostsStack, name: string): Interfaces {
  const cards = hardware.hosts[name]?.interfaces;
  const card = (given: string | null | undefined): string =>
    given?.includes(":") ? given.toLowerCase() : (given ?? "");
  return {
    management: card(cards?.management),
    tunnel: card(cards?.tunnel),
    provider: card(cards?.provider),
  };
}
