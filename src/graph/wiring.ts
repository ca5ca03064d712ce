import type { NetworkName } from "../config/networks.ts";
import type { NetworkId } from "../hardware/drawing.ts";
import type { Node, NodeBridge } from "./types.ts";

/** Networks that servers' packets pass are below the nodes; those by which people come are above. */
export const isBelow = (network: NetworkId): boolean => network === "tunnel" || network === "provider";

/** A bridge and what it is joined to on its node: another bridge, or the interface in a network. */
interface Wire {
  readonly bridge: string;
  readonly to: { readonly bridge: string } | { readonly card: NetworkName };
}

/** The bridges that servers are plugged into. */
export const inner = (bridges: readonly NodeBridge[]): NodeBridge[] =>
  bridges.filter(({ network }) => network === null);

/** The bridges on the way to a network's interface, nearest first: each is made after the one that it stands on. */
export const wayTo = (network: NetworkName, bridges: readonly NodeBridge[]): NodeBridge[] =>
  bridges.filter((bridge) => bridge.network === network);

/** How a node's bridges hang together. */
export function wiresOf({ bridges }: Pick<Node, "bridges">): Wire[] {
  const networks = [...new Set(bridges.flatMap(({ network }) => network ?? []))];
  return networks.flatMap((network) => {
    const way = wayTo(network, bridges);
    const last = way.at(-1)?.name ?? "";
    return [
      ...way.map(({ name }, index): Wire => {
        const below = way[index - 1];
        return { bridge: name, to: below === undefined ? { card: network } : { bridge: below.name } };
      }),
      ...inner(bridges).map(({ name }): Wire => ({ bridge: name, to: { bridge: last } })),
    ];
  });
}
