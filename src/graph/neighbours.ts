import type { StackConfig, StackOn } from "../config/schema.ts";
import { THIS_MACHINE } from "../curriculum/types.ts";
import { hostPart } from "./host-part.ts";
import type { Card, Link, Neighbour, Network, NetworkId } from "./types.ts";

/** What is around the nodes. */
interface Around {
  readonly neighbours: readonly Neighbour[];
  readonly links: readonly Link[];
}

/** The machine that runs `lab`, and by way of whom it reaches the nodes and they the world. */
export function around(config: StackConfig, networks: readonly Network[]): Around {
  const { hardware } = config;
  const join = joined(networks);
  const machine = (cards: readonly Card[], ...notes: string[]): Neighbour => ({
    id: THIS_MACHINE,
    kind: "machine",
    title: "this machine",
    notes: ["runs lab", ...notes],
    cards,
  });
  const { management, provider, tunnel } = hardware.networks;
  if (hardware.kind === "local") {
    const cards = [
      ...join("management", management.gateway),
      ...join("tunnel", tunnel.gateway),
      ...join("provider", provider.gateway),
    ];
    return { neighbours: [machine(cards, "holds the nodes", "is their gateway")], links: [] };
  }
  const router = (...cards: readonly Card[]): Neighbour => ({
    id: "router",
    kind: "router",
    title: "router",
    notes: [hardware.kind === "hosts" ? "yours, leads outside" : "the cloud's"],
    cards,
  });
  const legs = [...join("management", management.gateway), ...join("provider", provider.gateway)];
  if (hardware.kind === "openstack") {
    const here = machine(join("external", null, "SSH"), "reaches the nodes by way of control");
    return { neighbours: [here, router(...join("external", null, "way out"), ...legs)], links: [] };
  }
  const jumps = jumpHosts(config as StackOn<"hosts">, join);
  const here = machine([...join("management", null, "SSH"), ...join("provider", null, "to servers")]);
  return { neighbours: [here, ...jumps.neighbours, router(...legs)], links: jumps.links };
}

type Join = (network: NetworkId, address: string | null, device?: string) => Card[];

/** A card in a network, where there is such a network. */
const joined =
  (networks: readonly Network[]): Join =>
  (id, address, device) =>
    networks
      .filter((network) => network.id === id)
      .map(({ used, cidr }) => ({
        network: id,
        address,
        host: hostPart(address, cidr),
        device: device ?? null,
        used,
      }));

/** Each of them once, however many hosts it leads to. */
function jumpHosts({ hardware }: StackOn<"hosts">, join: Join): Around {
  const known = new Map<string, string[]>();
  for (const [node, { jump }] of Object.entries(hardware.hosts)) {
    if (jump !== null) known.set(jump.address, [...(known.get(jump.address) ?? []), node]);
  }
  const neighbours = [...known].map(([address, nodes], index): Neighbour => {
    const inside = hostPart(address, hardware.networks.management.cidr) !== null;
    return {
      id: `jump-${index + 1}`,
      kind: "jump",
      title: "jump host",
      notes: [...(inside ? [] : [address]), `SSH to ${nodes.join(", ")} goes by way of it`],
      cards: join("management", inside ? address : null),
    };
  });
  return { neighbours, links: neighbours.map(({ id }) => ({ from: THIS_MACHINE, to: id, label: "SSH" })) };
}
