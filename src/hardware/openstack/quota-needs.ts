import type { OpenstackStack } from "./config.ts";
import { flavorOf } from "./flavor.ts";
import { cloudName } from "./names.ts";
import type { Counted, Seen } from "./observe.ts";

/** Rules that every new security group has (egress, IPv4 and IPv6). */
const DEFAULT_RULES = 2;

/**
 * What a stack needs of its project's quotas, beyond what is built of it already.
 * Flavors that the cloud does not have count as nothing: check-cloud.ts reports them.
 */
export function quotaNeeds(
  stack: string,
  config: OpenstackStack,
  seen: Seen,
): Readonly<Record<Counted, number>> {
  const { hardware } = config;
  const nodes = Object.keys(config.nodes);
  const { own } = seen;
  const missing = nodes.filter((node) => !own.servers.includes(cloudName(stack, node)));
  const flavors = missing.flatMap((node) => {
    const { flavor } = flavorOf(config, node);
    return seen.flavors.find(({ id, name }) => id === flavor || name === flavor) ?? [];
  });
  const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
  const beyond = (wanted: number, counted: Counted): number => Math.max(0, wanted - (own[counted] ?? 0));
  const volumes = hardware.bootFromVolume === null ? 0 : nodes.length;
  return {
    instances: missing.length,
    cores: sum(flavors.map(({ vcpus }) => vcpus)),
    memory: sum(flavors.map(({ ram }) => ram)),
    floatingAddresses: beyond(1, "floatingAddresses"),
    // Three for each node; the router's two and the one that gives out addresses are the cloud's, and counted all the same.
    ports: beyond(3 * nodes.length, "ports") + ((own.networks ?? 0) > 0 ? 0 : 3),
    networks: beyond(3, "networks"),
    subnets: (own.networks ?? 0) > 0 ? 0 : 3,
    routers: beyond(1, "routers"),
    securityGroups: beyond(2, "securityGroups"),
    securityGroupRules: beyond(2, "securityGroups") === 0 ? 0 : 1 + hardware.allow.length + 2 * DEFAULT_RULES,
    volumes: beyond(volumes, "volumes"),
    volumeStorage: beyond(volumes * (hardware.bootFromVolume ?? 0), "volumeStorage"),
  };
}
