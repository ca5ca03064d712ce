import { UserError } from "../../config/errors.ts";
import { proxyEnvironment } from "../../config/proxy.ts";
import { router, thisMachine } from "../drawing.ts";
import type { HardwareKind } from "../kind.ts";
import { PROXY_RESOURCE } from "../proxy-resource.ts";
import type { Known } from "../types.ts";
import { changes } from "./changes.ts";
import { checkConfig } from "./check-config.ts";
import { keys, type OpenstackStack } from "./config.ts";
import { plannedServer } from "./planned-node.ts";

/** Servers of an OpenStack cloud. */
export const openstack: HardwareKind = {
  keys,
  changes,
  secretKeys: ["auth", "auth.applicationCredential"],
  sizedElsewhere: "a server has what its flavor has: see hardware.flavors",
  check: checkConfig,
  plannedNodes: (config: OpenstackStack) =>
    Object.keys(config.nodes).map((name) => plannedServer(config, name)),
  preflight: async (stack, config: OpenstackStack) =>
    (await import("./preflight.ts")).preflight(stack, config),
  declaration: () => import("./declare.ts"),
  resources: [
    PROXY_RESOURCE,
    { part: "volume" },
    { part: "server", after: (node) => [`hardware/volume-${node}`] },
    { part: "node", after: (node) => [`hardware/server-${node}`], isNode: true },
  ],
  plugin: "openstack:",
  pluginEnvironment: async (config: OpenstackStack) => ({
    ...(await (await import("./plugin-environment.ts")).pluginEnvironment(config.hardware)),
    ...proxyEnvironment(config, []),
  }),
  corrections: async ({ hardware }: OpenstackStack) =>
    (await import("./plugin-environment.ts")).corrections(hardware),
  explain: async (config: OpenstackStack, name, message) =>
    (await import("./explain-failure.ts")).explainFailure(config, name, message),
  sweep: (stack, config: OpenstackStack, known) => swept(stack, config, known),
  drawing: {
    nodes: "servers of an OpenStack cloud",
    surroundings: (config: OpenstackStack) => ({
      neighbours: [
        thisMachine(
          [{ network: "external", address: null, device: "SSH" }],
          "reaches the nodes by way of control",
        ),
        router(config, "the cloud's", { network: "external", address: null, device: "way out" }),
      ],
      external: { title: config.hardware.externalNetwork, purpose: "the cloud's external network" },
    }),
    node: (_config, { roles, addresses }, host) => {
      const floating = host === undefined || host === addresses.management ? null : host;
      const attachment = { network: "external", address: floating, device: "floating address" } as const;
      // Hardware addresses that were made up for a cloud tell a reader nothing.
      return { namesInterfaces: false, attachments: roles.includes("control") ? [attachment] : [] };
    },
  },
};

async function swept(stack: string, config: OpenstackStack, known: Known): Promise<string[]> {
  const [{ sweep }, { CloudError }] = await Promise.all([import("./sweep.ts"), import("./client.ts")]);
  try {
    return await sweep(stack, config, known);
  } catch (error) {
    if (!(error instanceof CloudError)) throw error;
    throw new UserError(
      `What is left of stack ${stack} in its cloud cannot be looked for: ${error.message}. ` +
        "See that the cloud can be reached and lets you in, then run `lab down` again.",
      1,
    );
  }
}
