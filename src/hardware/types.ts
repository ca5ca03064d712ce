import type { types } from "@pulumi/command";
import type { CustomResource, Input, Resource } from "@pulumi/pulumi";
import type { StackConfig } from "../config/schema.ts";
import type { PlannedNode } from "./planned-node.ts";

/** A machine that steps can be done on. Nothing above hardware knows which kind it came from. */
export interface Node extends PlannedNode {
  /** How the steps reach it; holds secrets. Resolves when the node may be dialled. */
  readonly connection: Input<types.input.remote.ConnectionArgs>;
  /** The login user is not root, and may run everything through sudo. @default false */
  readonly sudo?: boolean;
  /**
   * The resource that is the node. When it is deleted, all steps on the node are gone with it (`deletedWith`); when it is
   * replaced, all are done again. Absent where steps have to be undone.
   */
  readonly machine?: CustomResource;
  /** The resource that fills `GUEST_PATH` (hardware/guest) on this node. Steps that read it wait for it. Absent where there is none. */
  readonly guest?: Resource;
}

/** A reason why a lab cannot be built here, found before anything is touched. */
export interface Problem {
  /** Configuration path or thing looked at, e.g. `hardware.networks.management.cidr`. */
  readonly where: string;
  readonly found: string;
  readonly expected: string;
  /** What to do next: a command or the key to set. */
  readonly fix: string;
}

/** Node → packages that the course installs on it, in course order. */
export type Packages = Readonly<Record<string, readonly string[]>>;

/** An image that nodes of a stack can be made of. */
export interface NodeImage {
  readonly alias: string;
  /** The nodes that share it. */
  readonly nodes: readonly string[];
  /** Packages are installed in it; else every node installs its own. */
  readonly baked: boolean;
  /** Shell for this machine that makes it if it does not exist. */
  readonly script: string;
}

/** An image of ours on this machine, of whichever stack. */
export interface StoredImage {
  /** Null where its import was interrupted. */
  readonly alias: string | null;
  readonly fingerprint: string;
  /** What it is for, in words. */
  readonly purpose: string;
  readonly bytes: number;
  /** When it was made, in ISO 8601. */
  readonly made: string;
  /** Who made it (`makerInWords`); null where that is not noted. */
  readonly by: string | null;
}

/** The images that a kind of hardware makes nodes of. */
export interface Images {
  /** The images that a stack uses: one without packages, then those with packages. Reads only the package sources. */
  wanted(config: StackConfig, packages: Packages): NodeImage[];
  /** Whether nodes of a stack are made of images with packages. */
  areBaked(config: StackConfig): boolean;
  stored(): Promise<StoredImage[]>;
  remove(image: StoredImage): Promise<void>;
}

/** What the state of a stack has recorded of its resources on the hardware. */
export interface Known {
  /** Ids of these resources. */
  readonly ids: ReadonlySet<string>;
  /** The public login key of its nodes; it tells this stack from another with the same name. Undefined before it is made. */
  readonly loginKey: string | undefined;
}

/** What a state tells of the hardware that it made. */
export interface MadeByState {
  /** The public login key of its nodes. Undefined before it is made. */
  readonly loginKey: string | undefined;
  /** Names of its resources. */
  readonly resources: ReadonlySet<string>;
}

/** Something on the hardware that is called after a stack and that another state than this one made. */
export interface Foreign {
  /** What it is, and its name: `node lab002-control`. */
  readonly what: string;
  /** Who made it, and where that state is (`StateMark.by`); undefined where that is not noted. */
  readonly by: string | undefined;
}

/** What bears a stack's name on the hardware, sorted by the state that made it. */
export interface Sorted {
  readonly foreign: readonly Foreign[];
  /** Marks what this state made before there were owner marks of states. Changes nothing where all is marked. */
  adopt(): Promise<void>;
  /** Removes what is foreign, and nothing else. @param tell gets each, once it is gone */
  removeForeign(tell: (gone: Foreign) => void): Promise<void>;
}

/** A failure of the Pulumi plugin of a hardware kind, explained. `--json` prints these names. */
export interface Explained {
  /** What was created or deleted, e.g. `server control`. */
  readonly where: string;
  /** What the hardware answered. */
  readonly said: string;
  /** What to do next. */
  readonly mend: string;
}

/** A snapshot of one node. */
export interface Snapshot {
  readonly id: string;
  readonly node: string;
  /** Disk space that it alone takes; null where that is not counted. */
  readonly bytes: number | null;
}

/** Snapshots of all nodes at one moment. When a node is deleted, its snapshots are deleted too. */
export interface Checkpoints {
  /** Takes snapshots of nodes at one moment, as if the power of all failed. @param id that does not exist yet */
  take(stack: string, nodes: readonly string[], id: string): Promise<void>;
  stored(stack: string): Promise<Snapshot[]>;
  /** Restores nodes, all together, and starts them; removes the stack's other nodes. It can be repeated. */
  restore(stack: string, nodes: readonly string[], id: string): Promise<void>;
  remove(stack: string, ids: readonly string[]): Promise<void>;
}
