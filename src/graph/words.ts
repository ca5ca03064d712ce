import type { NetworkInterface, Node, Topology } from "./types.ts";

/** A lab's id as the documents write it: `Lab002`. */
export const labelOf = (lab: string): string => `${lab.slice(0, 1).toUpperCase()}${lab.slice(1)}`;

export const headline = ({ lab, title }: Topology): string => `${labelOf(lab)}: ${title}`;

/** What the nodes are, and how many of them are built. */
export function subtitle({ stack, madeOf, release, nodes }: Topology): string {
  const standing = nodes.filter((node) => node.standing === true).length;
  const looked = nodes.some((node) => node.standing !== null);
  const there = looked ? [standing === nodes.length ? "all of them stand" : `${standing} of them stand`] : [];
  return [`stack ${stack}`, `${nodes.length} ${madeOf}`, ...there, `OpenStack ${release}`].join(" · ");
}

/** The label of an interface: its address and its name, as far as they are known. */
export const cardLabel = ({ address, device }: NetworkInterface): string =>
  [address, device].filter((text) => text !== null).join(" ");

export const rolesOf = ({ roles }: Node): string => `role${roles.length > 1 ? "s" : ""} ${roles.join(", ")}`;

/** All of a drawing as text, for those who do not see it. */
export function description(topology: Topology): string {
  const { networks, nodes, neighbours } = topology;
  const reach = (cards: readonly NetworkInterface[]): string =>
    cards.map((card) => `${card.network}${card.address === null ? "" : ` (${card.address})`}`).join(", ");
  return [
    ...networks.map(
      ({ title, cidr, purpose }) => `Network ${title}${cidr === null ? "" : ` ${cidr}`}: ${purpose}.`,
    ),
    ...neighbours.map(({ title, notes, cards }) => `${title}: ${notes.join("; ")}; in ${reach(cards)}.`),
    ...nodes.map(({ title, standing, cards, services, bridges }) => {
      const runs = services.map((service) => service.title).join(", ");
      const switches = bridges.length > 0 ? `; bridges ${bridges.map(({ name }) => name).join(", ")}` : "";
      return `Node ${title}${standing === false ? ", not there yet" : ""}: in ${reach(cards)}; runs ${runs}${switches}.`;
    }),
  ].join(" ");
}
