import type { types } from "@pulumi/command";
import type { CustomResource, Input, Resource } from "@pulumi/pulumi";
import type { StackConfig } from "../config/schema.ts";
import type { PlannedNode } from "./planned-node.ts";

/** A machine that steps can be done on. Nothing above hardware knows which kind it came from. */
export interface Node extends PlannedNode {
  /** How the steps reach it; holds secrets. Resolves when the node may be dialled. */
  readonly connection: Input<types.input.remote.ConnectionArgs>;
  /** The login is another user's than root, who may do all through sudo. @default false */
  readonly sudo?: boolean;
  /**
   * Once this resource is gone, so is all that was done on the node (`deletedWith`); once it is made anew, all is to be
   * done again. Absent where undo is needed.
   */
  readonly machine?: CustomResource;
  /** Fills `GUEST_PATH` (hardware/guest) on this node; what reads it depends on it. Absent where there is nothing to wait for. */
  readonly guest?: Resource;
}

/** A reason why a lab cannot be built here, found before anything is touched. */
export interface Problem {
  /** Configuration path or thing looked at, e.g. `hardware.networks.management.cidr`. */
  readonly where: string;
  readonly found: string;
  readonly expected: string;
  /** What to do next: a command or the key to set. */
  readonly mend: string;
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
  /** Shell for this machine that makes it where it is not there. */
  readonly script: string;
}

/** An image of ours on this machine, of whichever stack. */
export interface StoredImage {
  /** Null where its making was cut off. */
  readonly alias: string | null;
  readonly fingerprint: string;
  /** What it is for, in words. */
  readonly purpose: string;
  readonly bytes: number;
  /** When it was made, in ISO 8601. */
  readonly made: string;
}

/** The images that a kind of hardware makes nodes of. */
export interface Images {
  /** What a stack uses: one image without packages, and those with them. Reads only where packages come from. */
  wanted(config: StackConfig, packages: Packages): NodeImage[];
  /** Whether nodes of a stack are made of images with packages. */
  areBaked(config: StackConfig): boolean;
  stored(): Promise<StoredImage[]>;
  remove(image: StoredImage): Promise<void>;
}

/** What a stack's state knows of what it has where its nodes come from. */
export interface Known {
  /** Ids of its resources there. */
  readonly ids: ReadonlySet<string>;
  /** The public key that its nodes let in; it tells this stack from another of its name. Undefined before it is made. */
  readonly loginKey: string | undefined;
}

/** A failure of the hardware's own plugin, in our words. */
export interface Explained {
  /** What was being made or taken away, e.g. `server control`. */
  readonly where: string;
  /** What was said there. */
  readonly said: string;
  /** What to do next. */
  readonly mend: string;
}

/** A snapshot of one node. */
export interface Snapshot {
  readonly id: string;
  readonly node: string;
  /** What it alone takes up; null where that is not counted. */
  readonly bytes: number | null;
}

/** Moments of all nodes that can be gone back to. A snapshot goes with its node. */
export interface Checkpoints {
  /** Takes snapshots of nodes as if the power of all were cut at one moment. @param id not there yet */
  take(stack: string, nodes: readonly string[], id: string): Promise<void>;
  stored(stack: string): Promise<Snapshot[]>;
  /** Puts nodes back, all together, and starts them; removes the stack's other nodes. Done again, it does the same again. */
  restore(stack: string, nodes: readonly string[], id: string): Promise<void>;
  remove(stack: string, ids: readonly string[]): Promise<void>;
}
