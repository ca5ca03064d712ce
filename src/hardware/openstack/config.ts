import type { z } from "zod";
import { networksSchema } from "../../config/network-keys.ts";
import type { StackOn } from "../../config/schema.ts";
import { secretValue } from "../../config/secret-value.ts";
import {
  address,
  flag,
  listOf,
  matching,
  oneOf,
  packageSources,
  section,
  whole,
} from "../../config/values.ts";
import type { Role } from "../../curriculum/types.ts";

/** What something is called in a cloud, or its id. */
const named = (what: string) => matching(`the name or id of ${what}`, /^\S(.{0,253}\S)?$/);
const optionally = <T extends z.ZodType>(schema: T) => schema.nullable().default(null);

/** Who is let in, where neither clouds.yaml nor the environment is to say it. */
const authSchema = section({
  url: matching(
    "an http or https URL, e.g. https://cloud.example.org:5000/v3",
    /^https?:\/\/[^\s/]+\S*$/,
  ).describe("Address of Keystone"),
  user: optionally(named("a user")).describe("Name of the user"),
  password: optionally(secretValue("text, best as a secret of the stack's (docs/cloud.md)")).describe(
    "Secret. `pulumi config set --secret --path scratchstack:hardware.auth.password` encrypts it",
  ),
  project: optionally(named("a project")).describe("Name of the project of all resources"),
  userDomain: named("a domain").default("Default").describe("Domain of the user"),
  projectDomain: named("a domain").default("Default").describe("Domain of the project"),
  region: optionally(named("a region")).describe("Default: the first region in the catalog"),
  caFile: optionally(matching("the absolute path of a PEM file", /^\/\S+$/)).describe(
    "File of the authority that signed the cloud's certificate. Default: the well-known authorities",
  ),
  applicationCredential: optionally(
    section({
      id: named("an application credential").describe("Id of the application credential"),
      secret: secretValue("text, best as a secret of the stack's (docs/cloud.md)").describe(
        "Secret of the application credential",
      ),
    }),
  ).describe("In place of user, password and project"),
});

const flavor = (role: Role) =>
  optionally(named("a flavor")).describe(`Flavor of nodes with the role ${role}`);

/** Which flavor a node has: that of the first of its roles, in this order, that has one. */
const flavorsSchema = section({
  default: named("a flavor").describe("Flavor of nodes whose roles have none"),
  control: flavor("control"),
  compute: flavor("compute"),
  network: flavor("network"),
  storage: flavor("storage"),
});

const ruleSchema = section({
  port: whole(1, 65535).describe("Port that is open"),
  protocol: oneOf(["tcp", "udp"]).default("tcp").describe("Protocol of the port"),
  from: matching("an IPv4 network, e.g. 203.0.113.0/24", /^\d{1,3}(\.\d{1,3}){3}\/\d{1,2}$/)
    .default("0.0.0.0/0")
    .describe("IPv4 network that has access"),
});

const minutes = (standard: number) => whole(1, 240).default(standard);

export const keys = {
  cloud: optionally(matching("the name of a cloud in clouds.yaml", /^\S+$/)).describe(
    "Name of a cloud in clouds.yaml. Default: `auth`, else the cloud that OS_CLOUD or OS_AUTH_URL names",
  ),
  auth: optionally(authSchema).describe(
    "Login to the cloud, where clouds.yaml and the environment have none",
  ),
  image: named("an image of Debian 13").describe("Name or id of an image of Debian 13 with cloud-init"),
  flavors: flavorsSchema.describe(
    "Flavors of the nodes by role: the first role of a node that has one decides",
  ),
  externalNetwork: named("a network that leads out of the cloud").describe(
    "Name or id of the network that floating addresses come from and that leads out of the cloud",
  ),
  availabilityZone: optionally(named("an availability zone")).describe("Default: the cloud's choice"),
  dnsServers: optionally(
    listOf(address("an IPv4 address, e.g. 192.0.2.53"), "a list of IPv4 addresses"),
  ).describe("DNS servers of the nodes. Default: those of the cloud"),
  bootFromVolume: optionally(whole(4, 2000)).describe(
    "Size in GiB of a volume that each node boots from. Default: the disk of the flavor",
  ),
  user: matching("a login name, e.g. debian", /^[a-z_][a-z0-9_-]{0,31}$/)
    .default("debian")
    .describe("User of the image, who can use sudo without a password"),
  configDrive: flag()
    .default(false)
    .describe("Whether user data is on a drive, for clouds without a metadata service"),
  allow: listOf(ruleSchema, "a list of rules such as { port: 22, from: 203.0.113.0/24 }")
    .default([{ port: 22, protocol: "tcp", from: "0.0.0.0/0" }])
    .describe("Access to the floating address of the control node"),
  networks: networksSchema.prefault({}),
  packageSources: optionally(packageSources()).describe(
    "Package sources of the nodes. Default: those of the image",
  ),
  timeouts: section({
    network: minutes(5).describe("For each network, router, port or address"),
    volume: minutes(15).describe("For a volume with its copy of the image"),
    server: minutes(15).describe("Until the cloud reports a server as ACTIVE"),
    boot: minutes(10).describe("From then until a login works and the server has booted"),
  })
    .prefault({})
    .describe("Limits of time in minutes"),
};

/** A stack of servers of an OpenStack cloud. */
export type OpenstackStack = StackOn<typeof keys>;
