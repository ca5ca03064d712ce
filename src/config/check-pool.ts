import { type Cidr, contains, formatAddress, parseAddress, parseCidr } from "./ipv4.ts";
import { addressOf, type KindConfig } from "./kind.ts";
import type { LabRoles } from "./labs.ts";
import { type Path, type Problem, show } from "./problems.ts";
import type { StackConfig } from "./schema.ts";

/** A router's gateway and a floating address, and one more of each. */
const LEAST = 4;
const PROVIDER: Path = ["hardware", "networks", "provider"];
const POOL: Path = [...PROVIDER, "pool"];
const FIRST: Path = [...POOL, "first"];
const LAST: Path = [...POOL, "last"];
const CIDR: Path = [...PROVIDER, "cidr"];

/**
 * Checks the pool of addresses for OpenStack: they are in the provider network, there are enough, and nothing else has them. The last
 * only in labs with a network node: earlier labs use no pool, and a small network may be full of nodes.
 */
export function checkPool(config: StackConfig, kind: KindConfig, labs: LabRoles): Problem[] {
  const { cidr, pool } = config.hardware.networks.provider;
  const network = parseCidr(cidr);
  if (network === undefined) return [];
  const first = parseAddress(pool.first) ?? -1;
  const last = parseAddress(pool.last) ?? -1;
  const outside = [
    checkEnd(FIRST, pool.first, cidr, network),
    checkEnd(LAST, pool.last, cidr, network),
  ].flat();
  if (outside.length > 0) return outside;
  const problem = (path: Path, found: string, expected: string, about: Path[] = []): Problem[] => [
    { path, found, expected, about: [FIRST, LAST, CIDR, ...about] },
  ];
  if (first > last) return problem(LAST, show(pool.last), `an address not before pool.first (${pool.first})`);
  const range = `${pool.first} to ${pool.last}`;
  const count = last - first + 1;
  if (count < LEAST) return problem(POOL, `${range}, ${count} in all`, `at least ${LEAST} addresses`);
  if (!labs[config.lab]?.includes("network")) return [];

  const taken = owners(config, kind);
  const inside = taken.filter(({ address }) => address >= first && address <= last);
  if (inside.length === 0) return [];
  const whose = inside
    .map(({ address, owner }) => `${formatAddress(address)} is that of ${owner}`)
    .join(", ");
  const nodes: Path = ["nodes", "*", "number"];
  return problem(POOL, range, `addresses nobody has: ${whose}; ${advice(network, cidr, taken)}`, [
    ["lab"],
    [...PROVIDER, "gateway"],
    nodes,
  ]);
}

function checkEnd(path: Path, text: string, cidr: string, network: Cidr): Problem[] {
  const address = parseAddress(text) ?? -1;
  if (contains(network, address) && address !== network.base && address !== network.broadcast) return [];
  const range = `${formatAddress(network.base + 1)} to ${formatAddress(network.broadcast - 1)}`;
  return [{ path, found: show(text), expected: `an address in ${cidr} (${range})`, about: [CIDR] }];
}

interface Taken {
  readonly address: number;
  readonly owner: string;
}

/** This machine's and the nodes' own addresses in the provider network, lowest first. */
function owners(config: StackConfig, kind: KindConfig): Taken[] {
  const { gateway } = config.hardware.networks.provider;
  const own = Object.keys(config.nodes).map(
    (node) => [addressOf(config, kind, node, "provider"), node] as const,
  );
  return [[gateway, "the gateway"] as const, ...own]
    .map(([address, owner]) => ({ address: parseAddress(address) ?? -1, owner }))
    .sort((a, b) => a.address - b.address);
}

/** What to write instead: the longest run of free addresses. */
function advice(network: Cidr, cidr: string, taken: readonly Taken[]): string {
  const walls = [network.base, ...taken.map(({ address }) => address), network.broadcast];
  const [free] = walls
    .slice(1)
    .map((wall, index) => ({ first: (walls[index] ?? wall) + 1, last: wall - 1 }))
    .sort((a, b) => b.last - b.first - (a.last - a.first));
  if (free === undefined || free.last - free.first + 1 < LEAST)
    return `${cidr} has no ${LEAST} free ones in a row: take a larger network, or other numbers for the nodes`;
  return `set first: ${formatAddress(free.first)} and last: ${formatAddress(free.last)}`;
}
