import { remote } from "@pulumi/command";
import { all, interpolate, type Resource } from "@pulumi/pulumi";
import { cache } from "../../config/paths.ts";
import { guestRecipe } from "../guest/recipe.ts";
import { guestImage } from "../guest/resource.ts";
import { guestDirectory } from "../guest/script.ts";
import { guestUpload } from "../guest/upload.ts";
import { LOGIN_KEY } from "../key-names.ts";
import { keyPair } from "../keys.ts";
import { aptProxy, fetching } from "../proxy.ts";
import { remoteScript } from "../remote.ts";
import { packageSources } from "../sources.ts";
import type { Node, Packages } from "../types.ts";
import type { OpenstackStack } from "./config.ts";
import { keyName, ownerMark } from "./names.ts";
import { declareNetworks } from "./network.ts";
import { plannedServer } from "./planned-node.ts";
import { declareProvider } from "./provider.ts";
import { dialsFor, readyScript } from "./ready.ts";
import { type Common, options, sdk } from "./sdk.ts";
import { type DeclaredServer, declareFloating, declareServer, jumpNode, type Shared } from "./server.ts";

/** Declares all that a stack has in a cloud. */
export function declareNodes(
  stack: string,
  config: OpenstackStack,
  _packages: Packages,
  parent: Resource,
): Node[] {
  const common: Common = { parent, provider: declareProvider(config, parent) };
  const login = keyPair(LOGIN_KEY, parent);
  const mark = login.public.apply((key) => ownerMark(stack, key));
  const { Keypair } = sdk().compute;
  const key = new Keypair(
    "hardware/login-key",
    { name: keyName(stack), publicKey: login.public },
    options(common),
  );
  const networks = declareNetworks(stack, config, mark, common);
  const shared: Shared = { stack, config, mark, common, networks, login, key };
  const planned = Object.keys(config.nodes).map((name) => plannedServer(config, name));
  const servers = new Map(planned.map((one) => [one.name, declareServer(one, shared)]));
  const jump = servers.get(jumpNode(config));
  if (jump === undefined) throw new Error("hardware: no node to log in to the others through");
  const floating = declareFloating(jump, shared);
  const nodes = planned.map((one): Node => {
    const own = servers.get(one.name);
    if (own === undefined) throw new Error(`hardware: no server for ${one.name}`);
    return { ...one, sudo: true, ...reached(one, own, jump, floating.address, shared) };
  });
  return withGuest(config, nodes, parent);
}

/** How a node is reached, and what its steps are bound to: the boot of this very server. */
function reached(
  planned: Pick<Node, "name" | "addresses">,
  own: DeclaredServer,
  jump: DeclaredServer,
  address: DeclaredServer["server"]["accessIpV4"],
  { config, common, login }: Shared,
): Pick<Node, "connection" | "machine"> {
  const { user, timeouts } = config.hardware;
  const at = (server: DeclaredServer) => ({
    port: 22,
    user,
    privateKey: login.private,
    hostKey: server.hostKey.public,
  });
  const patient = { dialErrorLimit: dialsFor(timeouts.boot), perDialTimeout: 15 };
  const direct = { host: address, ...at(jump) };
  const connect = (more: object) =>
    own === jump
      ? { ...direct, ...more }
      : { host: planned.addresses.management, ...at(own), ...more, proxy: { ...direct, ...more } };
  const machine = new remote.Command(
    `hardware/node-${planned.name}`,
    {
      connection: connect(patient),
      create: readyScript(planned.name, timeouts.boot),
      triggers: [own.server.id, own.hostKey.public, login.public],
      ...remoteScript({ sudo: true }),
    },
    {
      parent: common.parent,
      customTimeouts: { create: `${2 * timeouts.boot}m` },
      dependsOn: [own.server, jump.server],
    },
  );
  const ready = all([machine.id, connect({})]).apply(([, known]) => known);
  const proxied = aptProxy(
    config,
    { name: planned.name, connection: ready, sudo: true },
    common.parent,
    machine,
  );
  const connection = all([ready, proxied?.id]).apply(([known]) => known);
  return { connection, machine };
}

/** The control nodes with the guest's files, which are made on this machine. */
function withGuest(config: OpenstackStack, nodes: readonly Node[], parent: Resource): Node[] {
  const recipe = guestRecipe(packageSources(null), null);
  const directory = guestDirectory(recipe, cache());
  const image = guestImage(recipe, directory, parent, [], fetching(config));
  return nodes.map((node) =>
    node.roles.includes("control")
      ? { ...node, guest: guestUpload(node, image, directory, interpolate`${config.hardware.user}`, parent) }
      : node,
  );
}
