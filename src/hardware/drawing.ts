import type { NetworkName } from "../config/networks.ts";
import type { StackConfig } from "../config/schema.ts";
import { THIS_MACHINE } from "../curriculum/types.ts";
import type { PlannedNode } from "./planned-node.ts";

/** A network of the lab, or what lies beyond its router. */
export type NetworkId = NetworkName | "external";

/** Where something is attached to a network. */
export interface Attachment {
  readonly network: NetworkId;
  /** Null where it has none, or none that is known yet. */
  readonly address: string | null;
  /** Name of its interface, or what it is for. @default nothing */
  readonly device?: string;
}

/** What belongs to the lab without being a node of it: the machine that runs `lab`, jump hosts, the router. */
export interface Neighbour {
  /** Unique in the drawing. */
  readonly id: string;
  readonly kind: "machine" | "jump" | "router";
  readonly title: string;
  /** What it does here, in a few words each. */
  readonly notes: readonly string[];
  /** Attachments to networks without nodes are not drawn. */
  readonly attachments: readonly Attachment[];
}

/** Two things that reach each other, but not over a network of the drawing. */
export interface Link {
  readonly from: string;
  readonly to: string;
  readonly label: string;
}

/** What is drawn around the nodes. */
export interface Surroundings {
  readonly neighbours: readonly Neighbour[];
  readonly links?: readonly Link[];
  /** The network behind the router, where it has a name. */
  readonly external?: { readonly title: string; readonly purpose: string };
}

/** What a kind of hardware adds to a node in a drawing. */
export interface DrawnNode {
  /** Limit of its memory, e.g. `6GiB`. @default the machine or the flavor decides */
  readonly memory?: string;
  /** The address for SSH. @default the management address */
  readonly login?: string;
  /** Names of its interfaces are drawn. @default true */
  readonly namesInterfaces?: boolean;
  /** Besides the interfaces in the lab's networks. */
  readonly attachments?: readonly Attachment[];
}

/** How a lab on one kind of hardware is drawn. */
export interface Drawing {
  /** What its nodes are, in the plural: `containers on this machine`. */
  readonly nodes: string;
  surroundings(config: StackConfig): Surroundings;
  /** @param host address at which a built node is reached. @default nothing is added */
  node?(config: StackConfig, node: PlannedNode, host: string | undefined): DrawnNode;
}

/** The machine that runs `lab`. */
export const thisMachine = (attachments: readonly Attachment[], ...notes: string[]): Neighbour => ({
  id: THIS_MACHINE,
  kind: "machine",
  title: "this machine",
  notes: ["runs lab", ...notes],
  attachments,
});

/** The router out of the lab's networks, where it is not this machine. @param note whose router it is */
export const router = (
  { hardware: { networks } }: StackConfig,
  note: string,
  ...outward: Attachment[]
): Neighbour => ({
  id: "router",
  kind: "router",
  title: "router",
  notes: [note],
  attachments: [
    ...outward,
    { network: "management", address: networks.management.gateway },
    { network: "provider", address: networks.provider.gateway },
  ],
});
