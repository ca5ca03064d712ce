import { NETWORKS } from "../config/networks.ts";
import type { StackConfig } from "../config/schema.ts";
import type { PlannedNode } from "./planned-node.ts";

/** What the lab reaches without a proxy: this very machine, its nodes by name and address, and its networks. */
export const unproxied = ({ hardware }: StackConfig, nodes: readonly PlannedNode[]): string[] => [
  "localhost",
  "127.0.0.1",
  "::1",
  // Some programs know no networks.
  ...nodes.flatMap(({ name, addresses }) => [name, addresses.management]),
  ...NETWORKS.map((network) => hardware.networks[network].cidr),
];
