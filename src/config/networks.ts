import { createHash } from "node:crypto";
import { type Cidr, formatAddress, parseAddress } from "./ipv4.ts";

/** The networks every lab has, in the order of their default addresses. */
export const NETWORKS = ["management", "tunnel", "provider"] as const;
export type NetworkName = (typeof NETWORKS)[number];

const FIRST = parseAddress("10.64.0.0") ?? 0;
/** Addresses of a block: four /24s, one for each network and one to spare. Whole blocks, so that two stacks overlap fully or not at all. */
const SIZE = 4 * 256;
/** Blocks between 10.64.0.0 and 10.254.255.255, numbered from 0. Default networks are taken from them. */
export const BLOCKS = ((254 - 64 + 1) * 256 * 256) / SIZE;

/** The block that a stack's name leads to: always the same for a name, seldom the same for two. */
export const hashedBlock = (stack: string): number =>
  createHash("sha256").update(stack).digest().readUInt32BE(0) % BLOCKS;

/** A network in a block, e.g. `10.64.1.0/24` for tunnel in block 0. */
export const networkIn = (block: number, network: NetworkName): string =>
  `${formatAddress(FIRST + block * SIZE + NETWORKS.indexOf(network) * 256)}/24`;

/** The blocks that a network overlaps, from the first to the last. Empty outside of all blocks. */
export function blocksIn({ base, broadcast }: Cidr): { readonly from: number; readonly to: number } {
  const at = (address: number): number => Math.floor((address - FIRST) / SIZE);
  return { from: Math.max(0, at(base)), to: Math.min(BLOCKS - 1, at(broadcast)) };
}
