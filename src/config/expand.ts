import { ROLES, type Role } from "../curriculum/types.ts";
import { formatAddress, hostAddress, parseCidr } from "./ipv4.ts";
import type { KindConfig } from "./kind.ts";
import type { LabRoles } from "./labs.ts";
import { standardMemory } from "./memory.ts";
import { hashedBlock, type NetworkName, networkIn } from "./networks.ts";
import type { NetworkConfig, NodeConfig, NodeInput, StackConfig, StackInput } from "./schema.ts";

/** Number of the first node that has none in the stack file. */
const FIRST_NUMBER = 11;

/** Fills in what depends on the stack's name, on the lab, or on other keys. Does not check anything. */
export function expand(stack: string, input: StackInput, kind: KindConfig, labs: LabRoles): StackConfig {
  let block: number | undefined;
  /** Computed only if the stack file leaves a network out. */
  const blockOf = (): number => {
    block ??= kind.networkBlock?.(stack) ?? hashedBlock(stack);
    return block;
  };
  const network = (name: NetworkName): NetworkConfig => {
    const given = input.hardware.networks[name];
    const cidr = given.cidr ?? networkIn(blockOf(), name);
    return { cidr, gateway: given.gateway ?? hostAddress(cidr, 1) };
  };
  const provider = network("provider");
  const { pool } = input.hardware.networks.provider;
  const half = upperHalf(provider.cidr);
  return {
    ...input,
    hardware: {
      ...input.hardware,
      networks: {
        management: network("management"),
        tunnel: network("tunnel"),
        provider: { ...provider, pool: { first: pool.first ?? half.first, last: pool.last ?? half.last } },
      },
    },
    nodes: expandNodes(input.nodes ?? nodesOf(labs[input.lab] ?? [])),
    checkpoints: input.checkpoints ?? (kind.checkpoints === undefined ? "none" : "service"),
  };
}

/** The upper half of a network: nodes are numbered from 11 on, and seldom reach it. */
function upperHalf(cidr: string): { first: string; last: string } {
  const { base, broadcast } = parseCidr(cidr) ?? { base: 0, broadcast: 0 };
  return { first: formatAddress((base + broadcast + 1) / 2), last: formatAddress(broadcast - 1) };
}

const nodesOf = (roles: readonly Role[]): Record<string, NodeInput> =>
  Object.fromEntries(roles.map((role) => [role, { roles: [role], cpus: null }]));

function expandNodes(nodes: Readonly<Record<string, NodeInput>>): Record<string, NodeConfig> {
  const taken = new Set(Object.values(nodes).map((node) => node.number));
  let next = FIRST_NUMBER;
  const free = (): number => {
    while (taken.has(next)) next++;
    return next++;
  };
  return Object.fromEntries(
    Object.entries(nodes).map(([name, node]) => {
      const roles = node.roles ?? ROLES.filter((role) => role === name);
      return [
        name,
        {
          roles,
          number: node.number ?? free(),
          memory: node.memory ?? standardMemory(roles),
          cpus: node.cpus,
        },
      ];
    }),
  );
}
