import { createHash } from "node:crypto";
import { formatAddress, parseAddress } from "./ipv4.ts";

/** The networks every lab has, in the order of their default addresses. */
export const NETWORKS = ["management", "tunnel", "provider"] as const;
export type NetworkName = (typeof NETWORKS)[number];

const FIRST = parseAddress("10.64.0.0") ?? 0;
/** Blocks of four /24s between 10.64.0.0 and 10.254.255.255; whole blocks, so that two stacks overlap fully or not at all. */
const BLOCKS = ((254 - 64 + 1) * 256) / 4;

/** A stack's default networks: always the same for a name, hardly ever the same for two. */
export function defaultCidr(stack: string, network: NetworkName): string {
  const block = createHash("sha256").update(stack).digest().readUInt32BE(0) % BLOCKS;
  return `${formatAddress(FIRST + (block * 4 + NETWORKS.indexOf(network)) * 256)}/24`;
}
