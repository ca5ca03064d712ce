import type { types } from "@pulumi/command";
import { type Output, output, secret, type Unwrap, unsecret } from "@pulumi/pulumi";
import type { StackConfig } from "../config/schema.ts";
import type { Role } from "../curriculum/types.ts";
import type { Addresses } from "../hardware/planned-node.ts";
import type { Node } from "../hardware/types.ts";

/** The outputs of a stack: `pulumi stack output`. Secrets are marked as secret. */
export interface Outputs {
  /** By name. */
  readonly nodes: Output<Readonly<Record<string, NodeOutput>>>;
  /** Keystone's public address. */
  readonly keystone: Output<string>;
  readonly dashboard: Output<string>;
  /** By node: the command that logs in to it, with `sshKey` in a file called `key`. */
  readonly ssh: Output<Readonly<Record<string, string>>>;
  /** The private key for logging in to nodes; empty when they let in a key of yours or of an agent. Secret. */
  readonly sshKey: Output<string>;
  /** The environment of the cloud's administrator. Secret. */
  readonly admin: Output<Readonly<Record<string, string>>>;
}

interface NodeOutput {
  readonly roles: readonly Role[];
  readonly addresses: Addresses;
  /** Host key, `ssh-ed25519 AAAA…`. */
  readonly hostKey: string;
}

type Connection = Unwrap<types.input.remote.ConnectionArgs>;

/** @param password of the administrator. @default the lab has no Keystone */
export function outputsOf(
  config: StackConfig,
  nodes: readonly Node[],
  password: Output<string> | undefined,
): Outputs {
  const control = nodes.find(({ roles }) => roles.includes("control"))?.addresses.management ?? "";
  const keystone = `http://${control}:5000/v3`;
  const connections = output(
    nodes.map(({ name, connection }) =>
      output(connection).apply((one) => [name, one as Connection] as const),
    ),
  );
  const of = (connection: Connection | undefined, key: "hostKey" | "privateKey"): string =>
    connection?.[key] ?? "";
  return {
    nodes: unsecret(
      connections.apply((all) =>
        Object.fromEntries(
          nodes.map(({ name, roles, addresses }): [string, NodeOutput] => {
            const hostKey = of(all.find(([one]) => one === name)?.[1], "hostKey");
            return [name, { roles, addresses, hostKey }];
          }),
        ),
      ),
    ),
    keystone: output(keystone),
    dashboard: output(`http://${control}/horizon/`),
    ssh: unsecret(
      connections.apply((all) => Object.fromEntries(all.map(([name, one]) => [name, sshLine(one)]))),
    ),
    sshKey: secret(connections.apply(([first]) => of(first?.[1], "privateKey"))),
    admin: secret(
      output(password ?? "").apply(
        (known): Record<string, string> => ({
          OS_AUTH_URL: keystone,
          OS_IDENTITY_API_VERSION: "3",
          OS_USERNAME: "admin",
          OS_PASSWORD: known,
          OS_PROJECT_NAME: "admin",
          OS_USER_DOMAIN_NAME: "Default",
          OS_PROJECT_DOMAIN_NAME: "Default",
          OS_REGION_NAME: config.settings.region,
        }),
      ),
    ),
  };
}

/** Jump host and node with the same key: `ssh -J` does not use `-i` for the jump host. */
export function sshLine({
  host,
  port = 22,
  user = "root",
  proxy,
}: Pick<Connection, "host" | "port" | "user" | "proxy">): string {
  const key = "-i key -o IdentitiesOnly=yes";
  const at = (login: string, where: string, number: number) =>
    `${number === 22 ? "" : `-p ${number} `}${login}@${where}`;
  const through =
    proxy === undefined
      ? ""
      : ` -o ProxyCommand="ssh ${key} -W %h:%p ${at(proxy.user ?? "root", proxy.host, proxy.port ?? 22)}"`;
  return `ssh ${key}${through} ${at(user, host, port)}`;
}
