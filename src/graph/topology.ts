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
import type { Card, Network, Node, Topology } from "./types.ts";

/** Of what stands, all that a drawing shows: no secrets. */
export type Standing = Pick<Observed, "nodes" | "done">;

/**
 * A lab as its configuration and the course say it will be; with what stands of it, also what is there already.
 * @param standing undefined where nothing was looked at
 * @throws Error for a lab that is not one (configuration is checked before)
 */
export function topologyOf({ name: stack, config }: ConfiguredStack, standing?: Standing): Topology {
  const lab = LABS[config.lab];
  if (lab === undefined) throw new Error(`curriculum: no lab called ${config.lab}`);
  const { drawing } = hardwareOf(config);
  const course = plannedSteps(config);
  const done = standing === undefined ? null : new Set(standing.done.map(({ name }) => name));
  const all = plannedNodes(config);
  const nodeOf = (planned: PlannedNode): Node => {
    const { name, roles } = planned;
    const own = course.filter(({ node }) => node === name);
    const found = standing?.nodes.find((node) => node.name === name);
    const facts = found?.facts ?? {};
    const drawn = drawing.node?.(config, planned, found?.connection.host) ?? {};
    return {
      id: name,
      title: name,
      roles,
      memory: drawn.memory ?? null,
      login: drawn.login ?? null,
      cards: [
        ...(drawn.attachments ?? []).map((one) => ({ ...card(one, null), used: true })),
        ...cardsOf(
          config,
          planned,
          drawn,
          own.map(({ step }) => step),
        ),
      ],
      services: runningOn(lab, own, done),
      bridges: bridgesOn(own, facts, cardNames(planned, facts), done),
      standing: standing === undefined ? null : found !== undefined,
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
      cards: attachments.flatMap((one) => cardsIn(networks, one)),
    })),
    links,
  };
}

const card = ({ network, address, device }: Attachment, cidr: string | null): Omit<Card, "used"> => ({
  network,
  address,
  host: hostNumber(address, cidr),
  device: device ?? null,
});

/** A neighbour's card in a network, where there is such a network. */
const cardsIn = (networks: readonly Network[], one: Attachment): Card[] =>
  networks.filter(({ id }) => id === one.network).map(({ used, cidr }) => ({ ...card(one, cidr), used }));

/** By configuration, and by what the kernel calls them. */
const cardNames = ({ interfaces }: PlannedNode, facts: Readonly<Record<string, string>>): string[] => [
  ...Object.values(interfaces),
  ...NETWORKS.flatMap((network) => facts[`${network}_interface`] ?? []),
];

/** A node's cards in the networks of the lab. */
function cardsOf(
  config: StackConfig,
  { addresses, interfaces }: PlannedNode,
  { namesInterfaces = true }: DrawnNode,
  steps: readonly Step[],
): Card[] {
  return NETWORKS.filter((network) => interfaces[network] !== "").map((network) => {
    // The provider network's card gets no address: it is a port of a bridge.
    const address = network === "provider" ? null : addresses[network];
    const device = namesInterfaces ? { device: interfaces[network] } : {};
    return {
      ...card({ network, address, ...device }, config.hardware.networks[network].cidr),
      used: network === "management" || uses(steps, network),
    };
  });
}
