import type { NetworkName } from "../config/networks.ts";
import type { Role, Service } from "../curriculum/types.ts";
import type { Neighbour as DrawnNeighbour, Link, NetworkId } from "../hardware/drawing.ts";

/** A network, drawn as a bar. */
export interface Network {
  readonly id: NetworkId;
  readonly title: string;
  /** Null for a network that the lab does not choose. */
  readonly cidr: string | null;
  /** Address of the router out of it. Null where there is none. */
  readonly gateway: string | null;
  /** Addresses that OpenStack gives to routers and as floating addresses. */
  readonly pool: { readonly first: string; readonly last: string } | null;
  readonly purpose: string;
  /** The course uses it in this lab. */
  readonly used: boolean;
}

/** An interface of a node or neighbour in a network. */
export interface NetworkInterface {
  readonly network: NetworkId;
  /** Null where it has none, or none that is known yet. */
  readonly address: string | null;
  /** Host part of the address: 11 of 10.64.0.11 in a /24. Null without an address in the network. */
  readonly host: number | null;
  /** Its name or MAC, or what it is for. Null where neither is of use to a reader. */
  readonly device: string | null;
  /** The course uses it in this lab. */
  readonly used: boolean;
}

/** What nodes and neighbours have in common. `lab graph --json` prints these names. */
interface Item {
  /** Unique in the drawing. */
  readonly id: string;
  readonly title: string;
  readonly cards: readonly NetworkInterface[];
}

/** What belongs to the lab without being a node of it: the machine that runs `lab`, jump hosts, the router. */
export type Neighbour = Item & Pick<DrawnNeighbour, "kind" | "notes">;

/** A service of the course that runs on a node. */
export interface Running {
  readonly id: string;
  readonly title: string;
  readonly module: Service["module"];
  /** systemd units, in the order in which they are started. */
  readonly units: readonly string[];
  /** All its steps on this node are done. Null where the state was not read. */
  readonly done: boolean | null;
}

/** A virtual switch on a node. */
export interface NodeBridge {
  readonly name: string;
  /** The network that it leads to; null for the one that servers are plugged into. */
  readonly network: NetworkName | null;
  /** The step that makes it is done. Null where the state was not read. */
  readonly done: boolean | null;
}

/** A node of the lab. */
export interface Node extends Item {
  readonly roles: readonly Role[];
  /** Limit of its memory, e.g. `6GiB`. Null where the machine or the flavor decides. */
  readonly memory: string | null;
  /** The address for SSH, if it is not the management address. */
  readonly login: string | null;
  readonly services: readonly Running[];
  /** In the order in which they are made. */
  readonly bridges: readonly NodeBridge[];
  /** It is built. Null where the state was not read. */
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
