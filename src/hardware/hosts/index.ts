import type { HardwareKind } from "../kind.ts";
import { PROXY_RESOURCE } from "../proxy-resource.ts";
import { changes } from "./changes.ts";
import { checkConfig } from "./check-config.ts";
import { type HostsStack, keys } from "./config.ts";
import { drawing } from "./drawing.ts";
import { givenAddress, plannedHost } from "./planned-node.ts";

/** Machines that are there already, reached by SSH. */
export const hosts: HardwareKind = {
  keys,
  changes,
  sizedElsewhere: "a host has what it has, and is asked before anything is changed",
  givenAddress,
  check: checkConfig,
  plannedNodes: (config: HostsStack) => Object.keys(config.nodes).map((name) => plannedHost(config, name)),
  preflight: async (stack, config: HostsStack, tell) =>
    (await import("./preflight.ts")).preflight(stack, config, tell),
  declaration: () => import("./declare.ts"),
  resources: [
    PROXY_RESOURCE,
    { part: "host", title: (node) => `Make a host the node ${node}`, isNode: true },
  ],
  removedByDown: (nodes) =>
    `all that was built on the hosts of ${nodes}, which stay: packages, databases and files of the lab go`,
  drawing,
};
