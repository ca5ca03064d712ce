import { local } from "@pulumi/command";
import { all, type CustomResource, type Resource } from "@pulumi/pulumi";
import { NETWORKS, type NetworkName } from "../../config/networks.ts";
import { cache } from "../../config/paths.ts";
import { hasProxy } from "../../config/proxy.ts";
import { guestRecipe } from "../guest/recipe.ts";
import { guestImage } from "../guest/resource.ts";
import { guestDirectory } from "../guest/script.ts";
import { LOGIN_KEY } from "../key-names.ts";
import { type KeyPair, keyPair } from "../keys.ts";
import { plannedNode } from "../planned-node.ts";
import { aptProxy, type Fetching, fetching } from "../proxy.ts";
import { stateId, stateMark } from "../state-mark.ts";
import type { Node, NodeImage, Packages } from "../types.ts";
import type { LocalStack } from "./config.ts";
import { nodeFiles } from "./files.ts";
import { plannedImages } from "./images.ts";
import { INTERFACES, instanceName, ownerMark } from "./names.ts";
import { networkRemoval, networkScript } from "./network.ts";
import { nodeRemoval, nodeScript, unlessThere } from "./node.ts";
import { nodeRecipe } from "./recipe.ts";
import { type InstanceSpec, instanceSpec } from "./spec.ts";
import { supply } from "./supply.ts";

/** What all nodes of a lab share. */
interface Shared {
  readonly login: KeyPair;
  /** Folder of this machine with the guest's files. */
  readonly guest: string;
  readonly parent: Resource;
  readonly dependsOn: Resource[];
  readonly environment: Fetching;
}

/** An image and the resource that makes it. */
interface DeclaredImage {
  readonly image: NodeImage;
  readonly resource: Resource;
}

/** Declares a lab's images, networks, keys and nodes. */
export function declareNodes(
  stack: string,
  config: LocalStack,
  packages: Packages,
  parent: Resource,
): Node[] {
  const { sources, proxy } = supply(config);
  const planned = plannedImages(
    config,
    packages,
    nodeRecipe(sources, proxy, hasProxy(config)),
    `${cache()}/image`,
  );
  const environment = fetching(config);
  const imageOf = declareImages(stack, config, planned, parent, environment);
  const login = keyPair(LOGIN_KEY, parent);
  const networks = NETWORKS.map((network) => declareNetwork(stack, config, network, login, parent));
  const forGuest = guestRecipe(sources, proxy);
  const guest = guestDirectory(forGuest, cache());
  const images = [...new Set([...imageOf.values()].map(({ resource }) => resource))];
  const guestFiles = guestImage(forGuest, guest, parent, images, environment);
  const shared = { login, guest, parent, dependsOn: networks, environment };
  return [...imageOf].map(([name, image]) => {
    const node = declareNode(stack, config, name, image, shared);
    return node.roles.includes("control") ? { ...node, guest: guestFiles } : node;
  });
}

/** By node: one image for all, or with `bakedImages` that of its packages. */
function declareImages(
  stack: string,
  config: LocalStack,
  planned: readonly NodeImage[],
  parent: Resource,
  environment: Fetching,
): Map<string, DeclaredImage> {
  const declare = (name: string, create: string): Resource =>
    new local.Command(name, { create, ...environment }, { parent });
  const nodes = Object.keys(config.nodes);
  const plain = planned.find(({ baked }) => !baked);
  if (plain === undefined) throw new Error("hardware: no image for nodes");
  if (!config.hardware.bakedImages) {
    const resource = declare("hardware/image", plain.script);
    return new Map(nodes.map((node) => [node, { image: plain, resource }]));
  }
  return new Map(
    nodes.map((node) => {
      const image = planned.find(({ baked, nodes }) => baked && nodes.includes(node)) ?? plain;
      // A longer course needs another image: minutes of work that are of no use to a built node.
      const script = unlessThere(instanceName(stack, node), image.script);
      return [node, { image, resource: declare(`hardware/image-${node}`, script) }];
    }),
  );
}

function declareNetwork(
  stack: string,
  config: LocalStack,
  network: NetworkName,
  login: KeyPair,
  parent: Resource,
): Resource {
  const mark = login.public.apply((key) => stateMark(key));
  return new local.Command(
    `hardware/network-${network}`,
    {
      create: mark.apply((own) => networkScript(stack, network, config.hardware.networks[network], own)),
      delete: mark.apply((own) => networkRemoval(stack, network, own)),
    },
    { parent },
  );
}

function declareNode(
  stack: string,
  config: LocalStack,
  name: string,
  { image, resource }: DeclaredImage,
  shared: Shared,
): Node {
  const { parent, login } = shared;
  const planned = plannedNode(config, name, INTERFACES);
  const { addresses } = planned;
  const host = keyPair(`ssh-host-${name}`, parent);
  const instance = instanceName(stack, name);
  const files = nodeFiles(config, name, addresses);
  const script = all([host.public, login.public]).apply(([hostKey, loginKey]) =>
    nodeScript({
      stack,
      instance,
      image,
      spec: withMark(stack, instanceSpec(stack, config, name, shared.guest), loginKey),
      state: stateId(loginKey),
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
      delete: login.public.apply((key) => nodeRemoval(stack, instance, stateId(key))),
      stdin: host.private,
      ...shared.environment,
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
    { parent, dependsOn: [resource, ...shared.dependsOn], deleteBeforeReplace: true },
  );
  const reached = (after: readonly (CustomResource | undefined)[]) =>
    all([login.private, host.public, ...after.map((one) => one?.id ?? "")]).apply(
      ([privateKey, hostKey]) => ({
        host: addresses.management,
        port: 22,
        user: "root",
        privateKey: privateKey ?? "",
        hostKey: hostKey ?? "",
      }),
    );
  const proxied = aptProxy(config, { name, connection: reached([machine]) }, parent, machine);
  return { ...planned, connection: reached([machine, proxied]), machine };
}

const withMark = (stack: string, spec: InstanceSpec, loginKey: string): InstanceSpec => ({
  ...spec,
  config: { ...spec.config, ...ownerMark(stack, stateMark(loginKey)) },
});
