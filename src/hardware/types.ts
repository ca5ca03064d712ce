import type { types } from "@pulumi/command";
import type { CustomResource, Input, Resource } from "@pulumi/pulumi";
import type { StackConfig } from "../config/schema.ts";
import type { Role } from "../curriculum/types.ts";

/** Addresses of a node, without prefix length. All are known before it exists. */
export interface Addresses {
  readonly management: string;
  readonly tunnel: string;
  readonly provider: string;
}

/** The node's network card in each network, by the name that the node's kernel has for it. */
export interface Interfaces {
  readonly management: string;
  readonly tunnel: string;
  readonly provider: string;
}

/** A machine that steps can be done on. Nothing above hardware knows which kind it came from. */
export interface Node {
  readonly name: string;
  readonly roles: readonly Role[];
  readonly addresses: Addresses;
  readonly interfaces: Interfaces;
  /** How the steps reach it; holds secrets. Resolves when the node may be dialled. */
  readonly connection: Input<types.input.remote.ConnectionArgs>;
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

/** One kind of hardware: `src/hardware/<kind>/`. Only what the program needs of it. */
export interface Hardware {
  /** Reads this machine, changes nothing. @returns empty when the lab can be built */
  preflight(stack: string, config: StackConfig): Promise<Problem[]>;
  /** Declares the resources of all nodes. Called inside a Pulumi program. */
  nodes(stack: string, config: StackConfig, parent: Resource): Node[];
}
