import { local } from "@pulumi/command";
import { all, type Resource } from "@pulumi/pulumi";
import { hostAddress } from "../../config/ipv4.ts";
import { NETWORKS, type NetworkName } from "../../config/networks.ts";
import { packageCacheUrl, throughPackageCache } from "../../config/package-cache.ts";
import type { StackConfig } from "../../config/schema.ts";
import { guestRecipe } from "../guest/recipe.ts";
import { guestImage } from "../guest/resource.ts";
import { guestDirectory } from "../guest/script.ts";
import { type KeyPair, keyPair } from "../keys.ts";
import { packageSources } from "../sources.ts";
import type { Addresses, Node } from "../types.ts";
import { nodeFiles } from "./files.ts";
import { imageAlias, imageScript } from "./image.ts";
import { INTERFACES, instanceName } from "./names.ts";
import { networkRemoval, networkScript } from "./network.ts";
import { nodeRemoval, nodeScript } from "./node.ts";
import { nodeRecipe, type Recipe } from "./recipe.ts";
import { instanceSpec } from "./spec.ts";

/** What all nodes of a lab share. */
interface Shared {
  readonly recipe: Recipe;
  readonly login: KeyPair;
  /** Folder of this machine with the guest's files. */
  readonly guest: string;
  readonly parent: Resource;
  readonly dependsOn: Resource[];
}

/** Declares a lab's image, networks, keys and nodes. @param cache folder for what can be made again */
export function declareNodes(stack: string, config: StackConfig, parent: Resource, cache: string): Node[] {
  const { sources, proxy } = supply(config);
  const recipe = nodeRecipe(sources, proxy);
  const image = new local.Command(
    "hardware/image",
    { create: imageScript(recipe, `${cache}/image`) },
    { parent },
  );
  const networks = NETWORKS.map((network) => declareNetwork(stack, config, network, parent));
  const forGuest = guestRecipe(sources, proxy);
  const guest = guestDirectory(forGuest, cache);
  const guestFiles = guestImage(forGuest, guest, parent, image);
  const login = keyPair("ssh-login", parent);
  const shared = { recipe, login, guest, parent, dependsOn: [image, ...networks] };
  return Object.keys(config.nodes).map((name) => {
    const node = declareNode(stack, config, name, shared);
    return node.roles.includes("control") ? { ...node, guest: guestFiles } : node;
  });
}

/** Where packages come from, and through what. */
function supply(config: StackConfig): { sources: readonly string[]; proxy: string | null } {
  const sources = packageSources(config.hardware.packageSources);
  if (!config.hardware.packageCache) return { sources, proxy: null };
  const cached = sources.map((line) =>
    line
      .split(" ")
      .map((word) => throughPackageCache(word))
      .join(" "),
  );
  return { sources: cached, proxy: packageCacheUrl() };
}

function declareNetwork(
  stack: string,
  config: StackConfig,
  network: NetworkName,
  parent: Resource,
): Resource {
  return new local.Command(
    `hardware/network-${network}`,
    {
      create: networkScript(stack, network, config.hardware.networks[network]),
      delete: networkRemoval(stack, network),
    },
    { parent },
  );
}

function declareNode(stack: string, config: StackConfig, name: string, shared: Shared): Node {
  const { parent, login } = shared;
  const addresses = addressesOf(config, name);
  const host = keyPair(`ssh-host-${name}`, parent);
  const instance = instanceName(stack, name);
  const files = nodeFiles(config, name, addresses);
  const script = all([host.public, login.public]).apply(([hostKey, loginKey]) =>
    nodeScript({
      stack,
      instance,
      image: imageAlias(shared.recipe),
      spec: instanceSpec(stack, config, name, shared.guest),
      files,
      address: addresses.management,
      hostKey,
      loginKey,
    }),
  );
  const machine = new local.Command(
    `hardware/node-${name}`,
    {
      create: script,
      delete: nodeRemoval(stack, instance),
      stdin: host.private,
      // What a node is born with: it cannot follow a change of these.
      triggers: [
        JSON.stringify(files),
        config.hardware.pool,
        String(config.hardware.packageCache),
        host.public,
        login.public,
      ],
      addPreviousOutputInEnv: false,
    },
    { parent, dependsOn: shared.dependsOn, deleteBeforeReplace: true },
  );
  const connection = all([machine.id, login.private, host.public]).apply(([, privateKey, hostKey]) => ({
    host: addresses.management,
    port: 22,
    user: "root",
    privateKey,
    hostKey,
  }));
  const roles = config.nodes[name]?.roles ?? [];
  return { name, roles, addresses, interfaces: INTERFACES, connection, machine };
}

function addressesOf(config: StackConfig, name: string): Addresses {
  const { networks } = config.hardware;
  const number = config.nodes[name]?.number ?? 0;
  return {
    management: hostAddress(networks.management.cidr, number),
    tunnel: hostAddress(networks.tunnel.cidr, number),
    provider: hostAddress(networks.provider.cidr, number),
  };
}
