import { hostAddress } from "../config/ipv4.ts";
import type { NetworkAction } from "../curriculum/actions.ts";
import { differ, type Seen } from "./differ.ts";
import type { Difference } from "./types.ts";

/** What the program answers to `look`: kind → name → what it saw; null for what does not exist. */
type Answer = Readonly<Record<keyof Wanted, Readonly<Record<string, Seen | null>>>>;

type Wanted = ReturnType<typeof wantedOf>;

/** The objects as the program takes them: every list is there, every object has a name and every subnet a gateway. */
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

/** What differs between the objects wanted and those that the program saw. */
export function compareNetwork(action: NetworkAction, text: string): Difference[] {
  const answer = parse(text);
  if (!answer) {
    const seen = text.trim().split("\n").pop() || "no answer";
    return [{ what: "Neutron", expected: "an answer", seen }];
  }
  const wanted = wantedOf(action);
  return [
    ...wanted.networks.flatMap(({ name, external = false, physical }) =>
      differ(`network ${name}`, answer.networks[name], {
        external,
        physical: physical ?? null,
        ...(physical === undefined ? {} : { type: "flat" }),
      }),
    ),
    ...wanted.subnets.flatMap(({ name, network, cidr, gateway, dhcp = true, pool, dns = [] }) =>
      differ(`subnet ${name}`, answer.subnets[name], {
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
      differ(`security group ${name}`, sorted(answer.groups[name], "rules"), {
        description,
        rules: rules
          .map(({ protocol, port }) => (port === undefined ? protocol : `${protocol} ${port}`))
          .sort(),
      }),
    ),
    ...wanted.ports.flatMap(({ name, network, groups, address }) =>
      differ(`port ${name}`, sorted(answer.ports[name], "groups"), {
        network,
        groups: [...groups].sort(),
        ...(address === undefined ? {} : { address }),
      }),
    ),
    ...wanted.floatingIps.flatMap(({ name, network, port }) =>
      differ(`floating IP ${name}`, answer.floatingIps[name], { network, port }),
    ),
  ];
}

/** A router may be in more subnets than are wanted: others may have put it there. */
function compareRouter(wanted: Wanted["routers"][number], seen: Seen | null | undefined): Difference[] {
  const what = `router ${wanted.name}`;
  const found = differ(what, seen, { external: wanted.external });
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

/** Neutron tells some lists in any order. */
function sorted(seen: Seen | null | undefined, name: string): Seen | null | undefined {
  const list = seen?.[name];
  return Array.isArray(list) ? { ...seen, [name]: [...list].sort() } : seen;
}

function parse(text: string): Answer | undefined {
  try {
    return JSON.parse(text.trim().split("\n").pop() ?? "") as Answer;
  } catch {
    return undefined;
  }
}
