import { formatAddress, overlap, parseAddress, parseCidr } from "../../config/ipv4.ts";
import { NETWORKS, type NetworkName } from "../../config/networks.ts";
import type { Problem } from "../types.ts";
import type { LocalStack } from "./config.ts";
import { bridgeNames } from "./names.ts";
import type { Seen } from "./observe.ts";

/**
 * Why the lab's networks cannot be made on this machine. Whether they overlap each other is checked with the
 * configuration.
 */
export function networkProblems(stack: string, config: LocalStack, seen: Seen): Problem[] {
  const rivals = rivalsOf(stack, seen);
  return NETWORKS.flatMap((network) => [
    ...nameTaken(stack, network, seen),
    ...overlaps(network, config.hardware.networks[network].cidr, rivals),
  ]);
}

/** Addresses that something else uses. */
interface Rival {
  readonly cidr: string;
  readonly name: string;
}

function rivalsOf(stack: string, seen: Seen): Rival[] {
  const own = new Set(Object.values(bridgeNames(stack)));
  const foreign = seen.networks.filter((item) => item.stack !== stack && item.address !== "none");
  const names = new Set(foreign.map(({ name }) => name));
  return [
    ...foreign.map(({ name, address, stack: owner }) => ({
      cidr: networkOf(address),
      name: `${owner === null ? `the Incus network ${name}` : `the Incus network ${name} of stack ${owner}`} (${networkOf(address)})`,
    })),
    ...seen.routes
      .filter(({ device }) => !own.has(device) && !names.has(device))
      .map(({ destination, device }) => ({
        cidr: destination,
        name: `this machine's route to ${destination} over ${device}`,
      })),
    ...seen.resolvers.map((server) => ({
      cidr: `${server}/32`,
      name: `this machine's name server ${server}`,
    })),
  ];
}

function overlaps(network: NetworkName, cidr: string, rivals: readonly Rival[]): Problem[] {
  const range = parseCidr(cidr);
  if (range === undefined) return [];
  const rival = rivals.find((other) => {
    const theirs = parseCidr(other.cidr);
    return theirs !== undefined && overlap(range, theirs);
  });
  if (rival === undefined) return [];
  const where = `hardware.networks.${network}.cidr`;
  return [
    {
      where,
      found: cidr,
      expected: `a network apart from ${rival.name}`,
      fix: `set ${where} to a free one`,
    },
  ];
}

function nameTaken(stack: string, network: NetworkName, seen: Seen): Problem[] {
  const name = bridgeNames(stack)[network];
  const other = seen.networks.find((item) => item.name === name && item.stack !== stack);
  return other === undefined ? [] : [taken(`network ${name}`, other.stack, `incus network delete ${name}`)];
}

/** Something in Incus has a name that the lab needs. */
export const taken = (what: string, owner: string | null, remove: string): Problem => ({
  where: "incus",
  found: `${what}, which ${owner === null ? "scratchstack did not make" : `stack ${owner} made`}`,
  expected: "the name to be free",
  fix: `give the stack another name, or remove it: ${remove}`,
});

/** `10.1.2.1/24` → `10.1.2.0/24`. */
function networkOf(address: string): string {
  const [host = "", prefix = "32"] = address.split("/");
  const size = 2 ** (32 - Number(prefix));
  const number = parseAddress(host) ?? 0;
  return `${formatAddress(number - (number % size))}/${prefix}`;
}
