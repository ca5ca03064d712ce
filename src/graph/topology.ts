import { NETWORKS, type NetworkName } from "../config/networks.ts";
import type { StackConfig } from "../config/schema.ts";
import { LABS } from "../curriculum/labs.ts";
import type { Observed } from "../engine/observed.ts";
import { places } from "../plan/places.ts";
import { type PlannedStep, plannedSteps } from "../plan/planned-steps.ts";
import { bridgesOn, runningOn, uses } from "./course.ts";
import { hostPart } from "./host-part.ts";
import { around } from "./neighbours.ts";
import { networksOf } from "./networks.ts";
import type { Card, Node, Topology } from "./types.ts";

/** Of what stands, all that a drawing shows: no secrets. */
export type Standing = Pick<Observed, "nodes" | "done">;

type Place = ReturnType<typeof places>[number];

/**
 * A lab as its configuration and the course say it will be; with what stands of it, also what is there already.
 * @param standing undefined where nothing was looked at
 * @throws Error for a lab that is not one (configuration is checked before)
 */
export function topologyOf(stack: string, config: StackConfig, standing?: Standing): Topology {
  const lab = LABS[config.lab];
  if (lab === undefined) throw new Error(`curriculum: no lab called ${config.lab}`);
  const course = plannedSteps(config);
  const done = standing === undefined ? null : new Set(standing.done.map(({ name }) => name));
  const all = places(config);
  const nodeOf = (place: Place): Node => {
    const own = course.filter(({ node }) => node === place.name);
    const found = standing?.nodes.find(({ name }) => name === place.name);
    const host = config.hardware.kind === "hosts" ? config.hardware.hosts[place.name]?.address : undefined;
    return {
      id: place.name,
      title: place.name,
      roles: place.roles,
      memory: config.hardware.kind === "local" ? (config.nodes[place.name]?.memory ?? null) : null,
      login: host === undefined || host === place.addresses.management ? null : host,
      cards: cardsOf(config, place, own, found?.connection.host),
      services: runningOn(lab, own, done),
      bridges: bridgesOn(own, found?.facts ?? {}, cardNames(place, found?.facts ?? {}), done),
      standing: standing === undefined ? null : found !== undefined,
    };
  };
  const steps = lab.services.flatMap((service) => service.steps);
  const networks = networksOf(config, steps, (id) => all.some(({ interfaces }) => interfaces[id] !== ""));
  return {
    stack,
    lab: lab.id,
    title: lab.title,
    release: config.release,
    hardware: config.hardware.kind,
    networks,
    nodes: all.map(nodeOf),
    ...around(config, networks),
  };
}

/** By configuration, and by what the kernel calls them. */
const cardNames = ({ interfaces }: Place, facts: Readonly<Record<string, string>>): string[] => [
  ...Object.values(interfaces),
  ...NETWORKS.flatMap((network) => facts[`${network}_interface`] ?? []),
];

function cardsOf(
  config: StackConfig,
  { roles, addresses, interfaces }: Place,
  own: readonly PlannedStep[],
  host: string | undefined,
): Card[] {
  const steps = own.map(({ step }) => step);
  const cards = NETWORKS.filter((network) => interfaces[network] !== "").map((network) => {
    const address = addressed(network) ? addresses[network] : null;
    return {
      network,
      address,
      host: hostPart(address, config.hardware.networks[network].cidr),
      // Hardware addresses that were made up for a cloud tell a reader nothing.
      device: config.hardware.kind === "openstack" ? null : interfaces[network],
      used: network === "management" || uses(steps, network),
    };
  });
  if (config.hardware.kind !== "openstack" || !roles.includes("control")) return cards;
  const floating = host === undefined || host === addresses.management ? null : host;
  return [
    { network: "external", address: floating, host: null, device: "floating address", used: true },
    ...cards,
  ];
}

/** The provider network's card gets no address: it is a port of a bridge. */
const addressed = (network: NetworkName): boolean => network !== "provider";
