import { hostNumber } from "../config/ipv4.ts";
import { NETWORKS, type NetworkName } from "../config/networks.ts";
import type { ConfiguredStack, StackConfig } from "../config/schema.ts";
import { LABS } from "../curriculum/labs.ts";
import type { Step } from "../curriculum/types.ts";
import type { Observed } from "../engine/observed.ts";
import type { Attachment, DrawnNode } from "../hardware/drawing.ts";
import { hardwareOf, plannedNodes } from "../hardware/lookup.ts";
import type { PlannedNode } from "../hardware/planned-node.ts";
import { plannedSteps } from "../plan/planned-steps.ts";
import { bridgesOn, runningOn, uses } from "./course.ts";
import { networksOf } from "./networks.ts";
import type { Network, NetworkInterface, Node, Topology } from "./types.ts";

/** What a drawing shows of what is built: no secrets. */
type Built = Pick<Observed, "nodes" | "done">;

/**
 * A lab as its configuration and the course say it will be; with what is built of it, also what exists already.
 * @param built undefined where the state was not read
 * @throws Error for a lab that is not one (configuration is checked before)
 */
export function topologyOf({ name: stack, config }: ConfiguredStack, built?: Built): Topology {
  const lab = LABS[config.lab];
  if (lab === undefined) throw new Error(`curriculum: no lab called ${config.lab}`);
  const { drawing } = hardwareOf(config);
  const course = plannedSteps(config);
  const done = built === undefined ? null : new Set(built.done.map(({ name }) => name));
  const all = plannedNodes(config);
  const nodeOf = (planned: PlannedNode): Node => {
    const { name, roles } = planned;
    const own = course.filter(({ node }) => node === name);
    const found = built?.nodes.find((node) => node.name === name);
    const facts = found?.facts ?? {};
    const more = drawing.node?.(config, planned, found?.connection.host) ?? {};
    return {
      id: name,
      title: name,
      roles,
      memory: more.memory ?? null,
      login: more.login ?? null,
      cards: [
        ...(more.attachments ?? []).map((one) => ({ ...drawn(one, null), used: true })),
        ...interfacesOf(
          config,
          planned,
          more,
          own.map(({ step }) => step),
        ),
      ],
      services: runningOn(lab, own, done),
      bridges: bridgesOn(own, facts, interfaceNames(planned, facts), done),
      standing: built === undefined ? null : found !== undefined,
    };
  };
  const steps = lab.services.flatMap((service) => service.steps);
  const { neighbours, links = [], external } = drawing.surroundings(config);
  const attached = (id: NetworkName): boolean => all.some(({ interfaces }) => interfaces[id] !== "");
  const networks = networksOf(config, steps, attached, external);
  return {
    stack,
    lab: lab.id,
    title: lab.title,
    release: config.release,
    hardware: config.hardware.kind,
    madeOf: drawing.nodes,
    networks,
    nodes: all.map(nodeOf),
    neighbours: neighbours.map(({ attachments, ...neighbour }) => ({
      ...neighbour,
      cards: attachments.flatMap((one) => interfacesIn(networks, one)),
    })),
    links,
  };
}

const drawn = (
  { network, address, device }: Attachment,
  cidr: string | null,
): Omit<NetworkInterface, "used"> => ({
  network,
  address,
  host: hostNumber(address, cidr),
  device: device ?? null,
});

/** A neighbour's interface in a network, where there is such a network. */
const interfacesIn = (networks: readonly Network[], one: Attachment): NetworkInterface[] =>
  networks.filter(({ id }) => id === one.network).map(({ used, cidr }) => ({ ...drawn(one, cidr), used }));

/** By configuration, and by what the kernel calls them. */
const interfaceNames = ({ interfaces }: PlannedNode, facts: Readonly<Record<string, string>>): string[] => [
  ...Object.values(interfaces),
  ...NETWORKS.flatMap((network) => facts[`${network}_interface`] ?? []),
];

/** A node's interfaces in the networks of the lab. */
function interfacesOf(
  config: StackConfig,
  { addresses, interfaces }: PlannedNode,
  { namesInterfaces = true }: DrawnNode,
  steps: readonly Step[],
): NetworkInterface[] {
  return NETWORKS.filter((network) => interfaces[network] !== "").map((network) => {
    // The provider network's interface gets no address: it is a port of a bridge.
    const address = network === "provider" ? null : addresses[network];
    const device = namesInterfaces ? { device: interfaces[network] } : {};
    return {
      ...drawn({ network, address, ...device }, config.hardware.networks[network].cidr),
      used: network === "management" || uses(steps, network),
    };
  });
}
