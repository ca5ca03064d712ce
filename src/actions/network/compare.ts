import { hostAddress } from "../../config/ipv4.ts";
import type { NetworkAction } from "../../curriculum/actions.ts";
import { diffFields, type Fields, lastLineAsJson, noAnswer } from "../cloud-api.ts";
import type { Difference } from "../types.ts";

/** What the program answers to `look`: type → name → its fields; null for what does not exist. */
type Answer = Readonly<Record<keyof Wanted, Readonly<Record<string, Fields | null>>>>;

type Wanted = ReturnType<typeof wantedOf>;

/** The objects as the program takes them, with every list, a name for every object and a gateway for every subnet. */
export function wantedOf(action: NetworkAction) {
  const { networks = [], subnets = [], routers = [], groups = [], ports = [], floatingIps = [] } = action;
  return {
    networks,
    subnets: subnets.map((subnet) => ({ ...subnet, gateway: subnet.gateway ?? hostAddress(subnet.cidr, 1) })),
    routers,
    groups,
    ports,
    floatingIps: floatingIps.map(({ address, network, port }) => ({ name: address, network, port })),
  };
}

/** What differs between the wanted objects and those that the program found. */
export function compareNetwork(action: NetworkAction, text: string): Difference[] {
  const answer = lastLineAsJson<Answer>(text);
  if (!answer) return noAnswer("Neutron", text);
  const wanted = wantedOf(action);
  return [
    ...wanted.networks.flatMap(({ name, external = false, physical }) =>
      diffFields(`network ${name}`, answer.networks[name], {
        enabled: true,
        external,
        physical: physical ?? null,
        ...(physical === undefined ? {} : { type: "flat" }),
      }),
    ),
    ...wanted.subnets.flatMap(({ name, network, cidr, gateway, dhcp = true, pool, dns = [] }) =>
      diffFields(`subnet ${name}`, answer.subnets[name], {
        network,
        cidr,
        gateway,
        dhcp,
        ...(pool ? { pools: [`${pool.first}-${pool.last}`] } : {}),
        dns,
      }),
    ),
    ...wanted.routers.flatMap((router) => compareRouter(router, answer.routers[router.name])),
    ...wanted.groups.flatMap(({ name, description, rules }) =>
      diffFields(`security group ${name}`, answer.groups[name], {
        description,
        rules: atLeast(
          answer.groups[name]?.rules,
          rules.map(({ protocol, port }) => (port === undefined ? protocol : `${protocol} ${port}`)),
        ),
      }),
    ),
    ...wanted.ports.flatMap(({ name, network, groups, address }) =>
      diffFields(`port ${name}`, answer.ports[name], {
        enabled: true,
        network,
        groups: atLeast(answer.ports[name]?.groups, groups),
        ...(address === undefined ? {} : { address }),
      }),
    ),
    ...wanted.floatingIps.flatMap(({ name, network, port }) =>
      diffFields(`floating IP ${name}`, answer.floatingIps[name], { network, port }),
    ),
  ];
}

/** A router may be in more subnets than wanted: others may have added them. */
function compareRouter(wanted: Wanted["routers"][number], seen: Fields | null | undefined): Difference[] {
  const what = `router ${wanted.name}`;
  const found = diffFields(what, seen, { enabled: true, external: wanted.external });
  const subnets = seen?.subnets;
  if (!Array.isArray(subnets)) return found;
  const missing = wanted.subnets.filter((name) => !subnets.includes(name));
  return [
    ...found,
    ...missing.map((name) => ({
      what: `subnet ${name} of ${what}`,
      expected: "connected",
      seen: "not connected",
    })),
  ];
}

/** What is seen, where it has all that is wanted: others may have added some, and Neutron returns these lists in any order. */
function atLeast(seen: Fields[string] | undefined, wanted: readonly string[]): readonly string[] {
  return Array.isArray(seen) && wanted.every((one) => seen.includes(one)) ? seen : [...wanted].sort();
}
