import { z } from "zod";
import { hostNetworksSchema } from "../../config/network-keys.ts";
import type { StackOn } from "../../config/schema.ts";
import { address, flag, matching, packageSources, section, whole } from "../../config/values.ts";

/** Key types that transport can hold a host to. */
const HOST_KEY = /^(ssh-ed25519|ecdsa-sha2-nistp(256|384|521)|ssh-rsa) AAAA[A-Za-z0-9+/]+={0,3}( [^\r\n]*)?$/;
/** A MAC address, or the name of an interface. */
const CARD = /^(([0-9a-fA-F]{2}:){5}[0-9a-fA-F]{2}|(?!\.{1,2}$)[A-Za-z0-9._@-]{1,15})$/;

const login = {
  address: matching("a host name or an IP address", /^[A-Za-z0-9]([A-Za-z0-9.:-]*[A-Za-z0-9])?$/).describe(
    "Name or IP address of the SSH server",
  ),
  port: whole(1, 65535).default(22).describe("Port of the SSH server"),
  user: matching("the name of a user", /^[a-z_][a-z0-9_.-]{0,31}$/)
    .default("root")
    .describe("User to log in as. A user other than root needs sudo without a password"),
  key: matching("the path of a private key file, e.g. ~/.ssh/id_ed25519", /^(~?\/)\S.*$/)
    .nullable()
    .default(null)
    .describe("Private key to log in with: a file on this machine without a passphrase"),
  agent: flag().default(false).describe("Whether to log in with the keys of the SSH agent instead"),
  hostKey: matching("a public host key, e.g. ssh-ed25519 AAAA…", HOST_KEY)
    .nullable()
    .default(null)
    .describe("Public host key: no other key is accepted. `lab hosts trust` fetches it and writes it here"),
};

const card = (what: string) =>
  matching(`the ${what} network's interface, by its name or its MAC, e.g. enp1s0 or 52:54:00:12:34:56`, CARD);

const hostSchema = section({
  ...login,
  interfaces: section({
    management: card("management").describe("The interface with the management address. It is not changed"),
    tunnel: card("tunnel")
      .nullable()
      .default(null)
      .describe("Required on compute and network nodes from Lab002 on. It must not be in use"),
    provider: card("provider")
      .nullable()
      .default(null)
      .describe("Required on network nodes from Lab002 on. It must not be in use"),
  }).describe("Network interfaces of the host, by name or MAC address"),
  addresses: section({
    management: address().nullable().default(null).describe("Address in the management network"),
    tunnel: address().nullable().default(null).describe("Address in the tunnel network"),
    provider: address().nullable().default(null).describe("Address in the provider network"),
  })
    .prefault({})
    .describe("Addresses of the host in each network. Default: the node's number in the network"),
  jump: section(login).nullable().default(null).describe("A host through which this one is reached"),
  adopt: flag()
    .default(false)
    .describe("Whether to continue where another OpenStack is installed. It will not survive"),
});

export const keys = {
  networks: hostNetworksSchema,
  hosts: z
    .record(z.string(), hostSchema, { error: "a mapping of node names to hosts" })
    .describe("The hosts by the names of their nodes"),
  packageSources: packageSources()
    .nullable()
    .default(null)
    .describe("Package sources of the guest. Default: those of this machine, for Debian 13"),
};

/** A stack of machines that are there already, reached by SSH. */
export type HostsStack = StackOn<typeof keys>;
