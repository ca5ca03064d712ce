import { formatAddress, overlap, parseAddress, parseCidr } from "../../config/ipv4.ts";
import { NETWORKS, type NetworkName } from "../../config/networks.ts";
import type { Problem } from "../types.ts";
import type { LocalStack } from "./config.ts";
import { bridgeNames } from "./names.ts";
import type { Seen } from "./observe.ts";

/**
 * Why the lab's networks cannot be made on this machine, and what takes addresses away from those that are made. Whether they overlap
 * each other is checked with the configuration.
 */
export function networkFindings(
  stack: string,
  config: LocalStack,
  seen: Seen,
): { readonly problems: Problem[]; readonly warnings: Problem[] } {
  const rivals = rivalsOf(stack, seen);
  const isBuilt = (network: NetworkName): boolean =>
    seen.networks.some(({ name, stack: owner }) => name === bridgeNames(stack)[network] && owner === stack);
  const clashes = NETWORKS.map((network) => ({
    built: isBuilt(network),
    found: overlaps(network, config.hardware.networks[network].cidr, rivals, isBuilt(network)),
  }));
  const of = (built: boolean): Problem[] =>
    clashes.filter((one) => one.built === built).flatMap(({ found }) => found);
  return {
    problems: [...NETWORKS.flatMap((network) => nameTaken(stack, network, seen)), ...of(false)],
    warnings: of(true),
  };
}

/** Addresses that something else uses. */
interface Rival {
  readonly cidr: string;
  readonly name: string;
  /** A route: the kernel prefers the narrower of two. */
  readonly route?: { readonly device: string };
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
        route: { device },
        name: `this machine's route to ${destination} over ${device}`,
      })),
    ...seen.resolvers.map((server) => ({
      cidr: `${server}/32`,
      name: `this machine's name server ${server}`,
    })),
  ];
}

/** @param built the network exists: its addresses cannot change any more */
function overlaps(network: NetworkName, cidr: string, rivals: readonly Rival[], built: boolean): Problem[] {
  const range = parseCidr(cidr);
  if (range === undefined) return [];
  const rival = rivals.find((other) => {
    const theirs = parseCidr(other.cidr);
    if (theirs === undefined || !overlap(range, theirs)) return false;
    return other.route === undefined || theirs.prefix >= range.prefix;
  });
  if (rival === undefined) return [];
  const where = `hardware.networks.${network}.cidr`;
  return [
    {
      where,
      found: cidr,
      expected: `a network apart from ${rival.name}`,
      fix: built ? fixOfBuilt(rival) : `set ${where} to a free one`,
    },
  ];
}

const fixOfBuilt = ({ cidr, route }: Rival): string => {
  const rebuild = "or `lab down`, and `lab up` with another network";
  if (route === undefined) return `give it other addresses, ${rebuild}`;
  return `end what made the route (a VPN?), or \`ip route del ${cidr} dev ${route.device}\`, ${rebuild}`;
};

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
