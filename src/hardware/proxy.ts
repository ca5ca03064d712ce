import { remote, type types } from "@pulumi/command";
import { type CustomResource, type Input, type Output, type Resource, secret } from "@pulumi/pulumi";
import { programText } from "../config/program-text.ts";
import { hasProxy, type ProxyEnvironment, proxiesOf, proxyEnvironment } from "../config/proxy.ts";
import { quote } from "../config/quote.ts";
import type { StackConfig } from "../config/schema.ts";
import { remoteScript } from "./remote.ts";

/** apt reads it last. */
const FILE = "/etc/apt/apt.conf.d/zz-scratchstack-proxy";

/** Lines of apt.conf; with a password in them only root may read the file. */
export function aptProxyScript(config: StackConfig): string {
  const proxies = Object.entries(proxiesOf(config));
  const direct = config.settings.proxy.noProxy ?? [];
  const lines = proxies.flatMap(([scheme, url]) => [
    `Acquire::${scheme}::Proxy "${url}";`,
    ...direct.map((host) => `Acquire::${scheme}::Proxy::${host} "DIRECT";`),
  ]);
  const mode = proxies.some(([, url]) => new URL(url).password !== "") ? "0600" : "0644";
  return programText("hardware/proxy.sh", {
    FILE,
    MODE: mode,
    LINES: lines.join("\n"),
    SAY: quote(`wrote ${FILE}`),
  });
}

/**
 * Makes apt on a node fetch through the stack's proxy.
 * @param after what makes the node; it takes this with it. @default the node is there
 * @returns what to wait for; undefined without a proxy
 */
export function aptProxy(
  config: StackConfig,
  node: {
    readonly name: string;
    readonly connection: Input<types.input.remote.ConnectionArgs>;
    readonly sudo?: boolean;
  },
  parent: Resource,
  machine?: CustomResource,
): CustomResource | undefined {
  if (!hasProxy(config)) return undefined;
  return new remote.Command(
    `hardware/proxy-${node.name}`,
    {
      connection: node.connection,
      create: secret(aptProxyScript(config)),
      delete: `rm -f ${FILE}`,
      ...(machine === undefined ? {} : { triggers: [machine.id] }),
      ...remoteScript(node),
    },
    { parent, ...(machine === undefined ? {} : { deletedWith: machine }) },
  );
}

/** What a command of this machine that fetches something gets, as a part of its arguments; a secret. */
export interface Fetching {
  readonly environment?: Output<ProxyEnvironment>;
}

/** @returns nothing without a proxy: a variable more would be a difference to what is built */
export const fetching = (config: StackConfig): Fetching =>
  !hasProxy(config) ? {} : { environment: secret(proxyEnvironment(config, [])) };
