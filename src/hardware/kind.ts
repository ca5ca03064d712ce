import type { Resource } from "@pulumi/pulumi";
import type { KindConfig } from "../config/kind.ts";
import type { StackConfig } from "../config/schema.ts";
import type { Drawing } from "./drawing.ts";
import type { PlannedNode } from "./planned-node.ts";
import type {
  Checkpoints,
  Explained,
  Images,
  Known,
  MadeByState,
  Node,
  Packages,
  Problem,
  Sorted,
} from "./types.ts";

/** What declares the nodes of one kind of hardware inside a Pulumi program. */
export interface Declaration {
  /** Declares the resources of all nodes. @param parent of all of them */
  declareNodes(stack: string, config: StackConfig, packages: Packages, parent: Resource): Node[];
}

/** A resource that a kind of hardware has for each node, named `hardware/<part>-<node>`. */
export interface NodeResource {
  readonly part: string;
  /** What making it is called. @default `Make <part> <node>` */
  title?(node: string): string;
  /** Names of the resources that it waits for. @default none */
  after?(node: string): readonly string[];
  /** The first steps on the node wait for it. @default false */
  readonly isNode?: boolean;
}

/** What a line of output begins with that names something which stays where nodes come from, when a lab is taken down. */
export const NOT_UNDONE = "not undone: ";

/**
 * One kind of hardware: all that the rest of the program knows of it. Each has a folder `src/hardware/<kind>/`, whose `index.ts`
 * exports the descriptor, and one line in `kinds.ts`. Its functions are called only with configurations of its own kind. Every
 * command loads it: what is seldom needed or takes long to load is behind `import()`.
 */
export interface HardwareKind extends KindConfig {
  /** Loads what declares nodes. Apart from all else, because it loads the engine's libraries, which takes a second. */
  declaration(): Promise<Declaration>;
  /** The nodes as the configuration alone tells them, in its order. */
  plannedNodes(config: StackConfig): PlannedNode[];
  /**
   * Looks at what nodes will be made of. Changes nothing.
   * @param tell is told, in lines for people, on what the lab would be built, where that is not this machine alone
   * @returns why the lab cannot be built; empty when it can
   */
  preflight(stack: string, config: StackConfig, tell: (line: string) => void): Promise<Problem[]>;
  /**
   * What people must know of a stack's nodes that exist and `up` leaves as it is, in lines for people. `preflight` tells it too.
   * @default nothing
   */
  remarks?(stack: string, config: StackConfig): Promise<string[]>;
  /** What of the surroundings may keep a built lab from working, in words: a firewall, routes. Reads only. @default nothing is known */
  obstacles?(stack: string, config: StackConfig): Promise<readonly string[]>;
  /** As `networkBlock`, and keeps the block for the stack until `release`. Two stacks that reserve at once get different ones. */
  reserveNetworkBlock?(stack: string): number;
  /** Gives up what was reserved for a stack, once it is taken down. */
  release?(stack: string): void;
  /** Resources named `hardware/<part>-<node>`. */
  readonly resources: readonly NodeResource[];
  readonly drawing: Drawing;
  /** What `lab down` removes of nodes. @default the nodes with all that was built on them */
  removedByDown?(nodes: string): string;
  /** Nodes need Incus and the package cache of this machine, which are started first where they do not run. @default false */
  readonly usesIncus?: boolean;
  /** @default nodes are not made of images of ours */
  readonly images?: Images;
  /** @default nodes cannot go back to an earlier moment */
  readonly checkpoints?: Checkpoints;
  /** What the types of the resources of its Pulumi plugin begin with, e.g. `openstack:`. @default no plugin of its own */
  readonly plugin?: string;
  /** Variables of the engine's environment for its plugin; "" where one must not be seen. @default none */
  pluginEnvironment?(config: StackConfig): Promise<Readonly<Record<string, string>>>;
  /** Variables with which bare `pulumi` would lead its plugin astray, as they must be; "" for not set. @default none */
  corrections?(config: StackConfig): Promise<Readonly<Record<string, string>>>;
  /** Explains a message of its plugin. @param name of the resource. @default the message as it is */
  explain?(config: StackConfig, name: string, message: string): Promise<Explained>;
  /** Reads whose all is that bears the stack's name; empty where the hardware does not answer. @default no other state can get at it */
  sortByState?(stack: string, made: MadeByState): Promise<Sorted>;
  /** Removes what was made for a stack and its state does not have. @returns what it was, in words. @default nothing is left */
  sweep?(stack: string, config: StackConfig, known: Known): Promise<string[]>;
}
