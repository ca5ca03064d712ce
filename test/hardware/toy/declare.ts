import { local } from "@pulumi/command";
import type { Resource } from "@pulumi/pulumi";
import { plannedNode } from "../../../src/hardware/planned-node.ts";
import type { Node, Packages } from "../../../src/hardware/types.ts";
import { INTERFACES, type ToyStack } from "./config.ts";

/** One command a node makes it. */
export const declareNodes = (
  stack: string,
  config: ToyStack,
  _packages: Packages,
  parent: Resource,
): Node[] =>
  Object.keys(config.nodes).map((name) => {
    const planned = plannedNode(config, name, INTERFACES);
    const create = `toy make ${stack}-${name} --shop ${config.hardware.shop}`;
    const machine = new local.Command(`hardware/toy-${name}`, { create }, { parent });
    return { ...planned, connection: { host: planned.addresses.management }, machine };
  });
