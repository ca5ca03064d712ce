import type { Resource } from "@pulumi/pulumi";
import { cache } from "../config/paths.ts";
import type { HardwareKind, StackConfig, StackOn } from "../config/schema.ts";
import { declareNodes as onHosts } from "./hosts/declare.ts";
import { declareNodes as onThisMachine } from "./local/declare.ts";
import { declareNodes as onACloud } from "./openstack/declare.ts";
import type { Node, Packages } from "./types.ts";

/** One kind of hardware inside a Pulumi program. Each is handed only configurations of its own kind. */
interface Declaring {
  nodes(stack: string, config: StackConfig, packages: Packages, parent: Resource): Node[];
}

const DECLARING: Record<HardwareKind, Declaring> = {
  local: {
    nodes: (stack, config: StackOn<"local">, packages, parent) =>
      onThisMachine(stack, config, packages, parent, cache()),
  },
  hosts: {
    nodes: (stack, config: StackOn<"hosts">, _packages, parent) => onHosts(stack, config, parent, cache()),
  },
  openstack: {
    nodes: (stack, config: StackOn<"openstack">, _packages, parent) => onACloud(stack, config, parent),
  },
};

/**
 * Declares the resources of all nodes. Called inside a Pulumi program. Apart from all else that there is of hardware: who only looks
 * at a lab need not load the engine's libraries, which take a second.
 */
export const declareNodes = (
  stack: string,
  config: StackConfig,
  packages: Packages,
  parent: Resource,
): Node[] => DECLARING[config.hardware.kind].nodes(stack, config, packages, parent);
