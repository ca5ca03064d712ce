import { router, thisMachine } from "../../../src/hardware/drawing.ts";
import type { HardwareKind } from "../../../src/hardware/kind.ts";
import { plannedNode } from "../../../src/hardware/planned-node.ts";
import { checkConfig, INTERFACES, keys, type ToyStack } from "./config.ts";

/** Machines from a toy shop. */
export const toy: HardwareKind = {
  keys,
  sizedElsewhere: "a toy has what it has",
  check: checkConfig,
  plannedNodes: (config: ToyStack) =>
    Object.keys(config.nodes).map((name) => plannedNode(config, name, INTERFACES)),
  preflight: async (_stack, config: ToyStack, tell) => {
    tell(`the shop ${config.hardware.shop} is open`);
    return [];
  },
  declaration: () => import("./declare.ts"),
  resources: [{ part: "toy", title: (node) => `Wind up ${node}`, isNode: true }],
  removedByDown: (nodes) => `the toys ${nodes}`,
  drawing: {
    nodes: "toy machines",
    surroundings: (config: ToyStack) => ({
      neighbours: [
        thisMachine([{ network: "management", address: null, device: "SSH" }]),
        router(config, `of the shop ${config.hardware.shop}`),
      ],
    }),
  },
};
