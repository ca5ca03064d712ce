import { cache } from "../../config/paths.ts";
import { hasProxy } from "../../config/proxy.ts";
import { thisMachine } from "../drawing.ts";
import type { HardwareKind } from "../kind.ts";
import { plannedNode } from "../planned-node.ts";
import { problemInWords } from "../problem.ts";
import { PROXY_RESOURCE } from "../proxy-resource.ts";
import { changes } from "./changes.ts";
import { checkpoints } from "./checkpoints.ts";
import { keys, type LocalStack } from "./config.ts";
import { plannedImages, removeImage, storedImages } from "./images.ts";
import { examineIsolation } from "./isolation.ts";
import { INTERFACES } from "./names.ts";
import { networkBlock, releaseNetworkBlock, reserveNetworkBlock } from "./network-block.ts";
import { nodeRecipe } from "./recipe.ts";
import { supply } from "./supply.ts";

const imageDirectory = (): string => `${cache()}/image`;

/** Incus system containers on this machine. */
export const local: HardwareKind = {
  keys,
  changes,
  usesIncus: true,
  networkBlock,
  reserveNetworkBlock,
  release: releaseNetworkBlock,
  plannedNodes: (config: LocalStack) =>
    Object.keys(config.nodes).map((name) => plannedNode(config, name, INTERFACES)),
  preflight: async (stack, config: LocalStack, tell) => {
    const [{ problems, warnings }, remarks] = await Promise.all([
      import("./preflight.ts").then(({ examine }) => examine(stack, config)),
      examineIsolation(stack, config),
    ]);
    remarks.forEach(tell);
    if (problems.length === 0) for (const warning of warnings) tell(`Warning: ${problemInWords(warning)}`);
    return problems;
  },
  remarks: examineIsolation,
  obstacles: async (stack, config: LocalStack) =>
    (await (await import("./preflight.ts")).obstacles(stack, config)).map(problemInWords),
  declaration: () => import("./declare.ts"),
  resources: [
    { part: "image", title: () => "Make the image that holds its packages" },
    PROXY_RESOURCE,
    {
      part: "node",
      after: (node) => ["hardware/image", `hardware/image-${node}`],
      isNode: true,
    },
  ],
  images: {
    wanted: (config: LocalStack, packages) => {
      const { sources, proxy } = supply(config);
      return plannedImages(config, packages, nodeRecipe(sources, proxy, hasProxy(config)), imageDirectory());
    },
    areBaked: ({ hardware }: LocalStack) => hardware.bakedImages,
    stored: storedImages,
    remove: (image) => removeImage(image, imageDirectory()),
  },
  checkpoints,
  sortByState: async (stack, made) => (await import("./ownership.ts")).sortByState(stack, made),
  drawing: {
    nodes: "containers on this machine",
    surroundings: ({ hardware: { networks } }) => ({
      neighbours: [
        thisMachine(
          [
            { network: "management", address: networks.management.gateway },
            { network: "tunnel", address: networks.tunnel.gateway },
            { network: "provider", address: networks.provider.gateway },
          ],
          "holds the nodes",
          "is their gateway",
        ),
      ],
    }),
    node: ({ nodes }, { name }) => {
      const memory = nodes[name]?.memory;
      return memory === undefined ? {} : { memory };
    },
  },
};
