import { remote } from "@pulumi/command";
import { all, type Resource, secret } from "@pulumi/pulumi";
import { cache } from "../../config/paths.ts";
import { guestRecipe } from "../guest/recipe.ts";
import { guestImage } from "../guest/resource.ts";
import { guestDirectory } from "../guest/script.ts";
import { guestUpload } from "../guest/upload.ts";
import { aptProxy, fetching } from "../proxy.ts";
import { remoteScript } from "../remote.ts";
import { packageSources } from "../sources.ts";
import type { Node, Packages } from "../types.ts";
import type { HostsStack } from "./config.ts";
import { connectionTo } from "./login.ts";
import { plannedHost } from "./planned-node.ts";
import { prepareScript } from "./prepare.ts";
import { releaseScript } from "./release.ts";

/** Declares what makes hosts nodes. */
export function declareNodes(
  stack: string,
  config: HostsStack,
  _packages: Packages,
  parent: Resource,
): Node[] {
  const recipe = guestRecipe(packageSources(config.hardware.packageSources), null);
  const directory = guestDirectory(recipe, cache());
  const nodes = Object.keys(config.nodes).map((name) => declareNode(stack, config, name, parent));
  const image = guestImage(recipe, directory, parent, [], fetching(config));
  return nodes.map((node) =>
    node.roles.includes("control")
      ? { ...node, guest: guestUpload(node, image, directory, userOf(config, node.name), parent) }
      : node,
  );
}

const userOf = ({ hardware }: HostsStack, name: string): string => hardware.hosts[name]?.user ?? "root";

function declareNode(stack: string, config: HostsStack, name: string, parent: Resource): Node {
  const host = config.hardware.hosts[name];
  if (host === undefined) throw new Error(`hardware: no host for ${name}`);
  const login = secret(connectionTo(name, host));
  const sudo = userOf(config, name) !== "root";
  const proxied = aptProxy(config, { name, connection: login, sudo }, parent);
  const prepared = new remote.Command(
    `hardware/host-${name}`,
    {
      connection: login,
      create: prepareScript(stack, config, name),
      delete: releaseScript(config, name),
      ...remoteScript({ sudo }),
    },
    { parent, ...(proxied && { dependsOn: proxied }) },
  );
  // Steps come after what makes the host a node, and are undone before it is given back.
  const connection = all([login, prepared.id]).apply(([known]) => known);
  return { ...plannedHost(config, name), connection, sudo };
}
