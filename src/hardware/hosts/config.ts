import { z } from "zod";
import { hostNetworksSchema } from "../../config/network-keys.ts";
import type { StackOn } from "../../config/schema.ts";
import { address, flag, matching, packageSources, section, text, whole } from "../../config/values.ts";

/** Key types that transport can hold a host to. */
const HOST_KEY = /^(ssh-ed25519|ecdsa-sha2-nistp(256|384|521)|ssh-rsa) AAAA[A-Za-z0-9+/]+={0,3}( [^\r\n]*)?$/;
const MAC = /^([0-9a-fA-F]{2}:){5}[0-9a-fA-F]{2}$/;
const INTERFACE_NAME = /^(?!\.{1,2}$)[A-Za-z0-9._@-]{1,15}$/;

const login = {
  /** Where SSH answers: a name or an IP address. */
  address: text("a host name or an IP address", (value) =>
    /^[A-Za-z0-9]([A-Za-z0-9.:-]*[A-Za-z0-9])?$/.test(value),
  ),
  port: whole(1, 65535).default(22),
  /** Who logs in; another than root must be let do all by sudo, without a password. @default root */
  user: matching("the name of a user", /^[a-z_][a-z0-9_.-]{0,31}$/).default("root"),
  /** Path on this machine of the private key to log in with; `~` is the home folder. @default null */
  key: matching("the path of a private key file, e.g. ~/.ssh/id_ed25519", /^(~?\/)\S.*$/)
    .nullable()
    .default(null),
  /** Keys are those of the SSH agent instead. @default false */
  agent: flag().default(false),
  /** The host's public key: the only one that is taken for it. @default null, which is only let stand by `lab hosts trust` */
  hostKey: matching("a public host key, e.g. ssh-ed25519 AAAA…", HOST_KEY).nullable().default(null),
};

const card = (what: string) =>
  text(
    `the ${what} network's card, by its name or its MAC, e.g. enp1s0 or 52:54:00:12:34:56`,
    (value) => MAC.test(value) || INTERFACE_NAME.test(value),
  );

const hostSchema = section({
  ...login,
  /** The host's network cards. */
  interfaces: section({
    /** The one with the node's management address; it stays as it is. */
    management: card("management"),
    /** Needed by compute and network nodes, once there is networking. @default null */
    tunnel: card("tunnel").nullable().default(null),
    /** Needed by network nodes. @default null */
    provider: card("provider").nullable().default(null),
  }),
  /** @default the node's number in each network */
  addresses: section({
    management: address().nullable().default(null),
    tunnel: address().nullable().default(null),
    provider: address().nullable().default(null),
  }).prefault({}),
  /** By way of which the host is reached. @default null: directly */
  jump: section(login).nullable().default(null),
  /** Go on where there is an OpenStack that is not ours. @default false */
  adopt: flag().default(false),
});

export const keys = {
  networks: hostNetworksSchema,
  /** Node → the host that it is. */
  hosts: z.record(z.string(), hostSchema, { error: "a mapping of node names to hosts" }),
  /** Where the guest's parts come from. @default null: this machine's own, with the nodes' suite */
  packageSources: packageSources().nullable().default(null),
};

/** A stack of machines that are there already, reached by SSH. */
export type HostsStack = StackOn<typeof keys>;
