import type { NetworkName } from "../config/networks.ts";
import type { Role, Service } from "../curriculum/types.ts";
import type { Neighbour as DrawnNeighbour, Link, NetworkId } from "../hardware/drawing.ts";

/** A network, drawn as a bar. */
export interface Network {
  readonly id: NetworkId;
  readonly title: string;
  /** Null where it is not the lab's to say. */
  readonly cidr: string | null;
  /** Who leads out of it. Null where nobody does. */
  readonly gateway: string | null;
  /** What OpenStack may give away of it. */
  readonly pool: { readonly first: string; readonly last: string } | null;
  readonly purpose: string;
  /** The course uses it in this lab. */
  readonly used: boolean;
}

/** Where a place meets a network. */
export interface Card {
  readonly network: NetworkId;
  /** Null where it has none of its own, or none that is known yet. */
  readonly address: string | null;
  /** Host part of the address: 11 of 10.64.0.11 in a /24. Null without an address in the network. */
  readonly host: number | null;
  /** Its name or MAC, or what it is for. Null where there is nothing to tell. */
  readonly device: string | null;
  /** The course uses it in this lab. */
  readonly used: boolean;
}

interface Place {
  /** Unique in the drawing. */
  readonly id: string;
  readonly title: string;
  readonly cards: readonly Card[];
}

/** What belongs to the lab without being a node of it: the machine that runs `lab`, jump hosts, the router. */
export type Neighbour = Place & Pick<DrawnNeighbour, "kind" | "notes">;

/** A service of the course that runs on a node. */
export interface Running {
  readonly id: string;
  readonly title: string;
  readonly module: Service["module"];
  /** systemd units, in the order in which they are started. */
  readonly units: readonly string[];
  /** All its steps on this node are done. Null where nothing was looked at. */
  readonly done: boolean | null;
}

/** A virtual switch on a node. */
export interface NodeBridge {
  readonly name: string;
  /** The network that it leads to; null for the one that servers are plugged into. */
  readonly network: NetworkName | null;
  /** The step that makes it is done. Null where nothing was looked at. */
  readonly done: boolean | null;
}

/** A node of the lab. */
export interface Node extends Place {
  readonly roles: readonly Role[];
  /** What it may take at most, e.g. `6GiB`. Null where that is the machine's or the flavor's to say. */
  readonly memory: string | null;
  /** Where SSH answers, if that is not its management address. */
  readonly login: string | null;
  readonly services: readonly Running[];
  /** In the order in which they are made. */
  readonly bridges: readonly NodeBridge[];
  /** It is there. Null where nothing was looked at. */
  readonly standing: boolean | null;
}

/** What a lab is made of and how it hangs together; plain data, no secrets. */
export interface Topology {
  readonly stack: string;
  readonly lab: string;
  readonly title: string;
  readonly release: string;
  /** Name of the kind of hardware. */
  readonly hardware: string;
  /** What the nodes are, in the plural: `containers on this machine`. */
  readonly madeOf: string;
  readonly networks: readonly Network[];
  readonly neighbours: readonly Neighbour[];
  readonly nodes: readonly Node[];
  readonly links: readonly Link[];
}
