import { createHash } from "node:crypto";
import type { NetworkName } from "../../config/networks.ts";
import type { StateMark } from "../state-mark.ts";

/** The node's network interface in each network. */
export const INTERFACES: Readonly<Record<NetworkName, string>> = {
  management: "eth0",
  tunnel: "eth1",
  provider: "eth2",
};

/** Bridges of a stack's networks; the kernel takes 15 characters at most, so the stack is a hash in them. */
export function bridgeNames(stack: string): Readonly<Record<NetworkName, string>> {
  const hash = createHash("sha256").update(stack).digest("hex").slice(0, 6);
  return { management: `ss${hash}-mgmt`, tunnel: `ss${hash}-tun`, provider: `ss${hash}-prov` };
}

/**
 * Hardware address of a node in a network, with the prefix that Incus uses. It is always the same: when a node is made again, no
 * other node has to forget an old address, which takes half a minute.
 */
export function hardwareAddress(stack: string, node: string, network: NetworkName): string {
  const hash = createHash("sha256").update(`${stack}/${node}/${network}`).digest("hex");
  return `10:66:6a:${hash.slice(0, 2)}:${hash.slice(2, 4)}:${hash.slice(4, 6)}`;
}

/** Incus' name of a node's container. */
export const instanceName = (stack: string, node: string): string => `${stack}-${node}`;

/** Incus configuration key that tells which stack made an instance or a network. */
export const OWNER = "user.scratchstack.stack";

/** Incus configuration key that names the state which made an instance or a network (`StateMark.id`). */
export const STATE = "user.scratchstack.state";

/** Incus configuration key that tells people who made an instance or a network, and where the state is. */
export const BY = "user.scratchstack.by";

/** The owner mark of what a state makes in Incus. */
export const ownerMark = (stack: string, { id, by }: StateMark): Record<string, string> => ({
  [OWNER]: stack,
  [STATE]: id,
  [BY]: by,
});

/** Set last on an instance: a hash of all that it was made of. An instance that was not completed lacks it. */
export const COMPLETE = "user.scratchstack.complete";

/** Shell that ends with an error where Incus does not answer: that is different from "nothing exists". */
export const REACH_INCUS = "incus query /1.0 > /dev/null";
