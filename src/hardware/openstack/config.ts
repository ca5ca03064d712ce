import type { z } from "zod";
import { parseAddress } from "../../config/ipv4.ts";
import { networksSchema } from "../../config/network-keys.ts";
import type { StackOn } from "../../config/schema.ts";
import { secretValue } from "../../config/secret-value.ts";
import { flag, listOf, matching, oneOf, packageSources, section, text, whole } from "../../config/values.ts";

/** What something is called in a cloud, or its id. */
const named = (what: string) => matching(`the name or id of ${what}`, /^\S(.{0,253}\S)?$/);
const optionally = <T extends z.ZodType>(schema: T) => schema.nullable().default(null);

/** Who is let in, where neither clouds.yaml nor the environment is to say it. */
const authSchema = section({
  /** Keystone's address. */
  url: matching("an http or https URL, e.g. https://cloud.example.org:5000/v3", /^https?:\/\/[^\s/]+\S*$/),
  user: optionally(named("a user")),
  /** Secret: `pulumi config set --secret --path scratchstack:hardware.auth.password`. */
  password: optionally(secretValue("text, best as a secret of the stack's (docs/cloud.md)")),
  /** Name of the project that everything is made in. */
  project: optionally(named("a project")),
  /** @default Default */
  userDomain: named("a domain").default("Default"),
  /** @default Default */
  projectDomain: named("a domain").default("Default"),
  /** @default null: the first of the catalogue */
  region: optionally(named("a region")),
  /** File of the authority that signed the cloud's certificate. @default null: one that everybody knows */
  caFile: optionally(matching("the absolute path of a PEM file", /^\/\S+$/)),
  /** In place of user, password and project. */
  applicationCredential: optionally(
    section({
      id: named("an application credential"),
      secret: secretValue("text, best as a secret of the stack's (docs/cloud.md)"),
    }),
  ),
});

/** Which flavor a node has: that of the first of its roles, in this order, that has one. */
const flavorsSchema = section({
  default: named("a flavor"),
  control: optionally(named("a flavor")),
  compute: optionally(named("a flavor")),
  network: optionally(named("a flavor")),
  storage: optionally(named("a flavor")),
});

const ruleSchema = section({
  port: whole(1, 65535),
  /** @default tcp */
  protocol: oneOf(["tcp", "udp"]).default("tcp"),
  /** Who may: an IPv4 network. @default 0.0.0.0/0: everybody */
  from: matching("an IPv4 network, e.g. 203.0.113.0/24", /^\d{1,3}(\.\d{1,3}){3}\/\d{1,2}$/).default(
    "0.0.0.0/0",
  ),
});

const minutes = (standard: number) => whole(1, 240).default(standard);

export const keys = {
  /** A cloud of clouds.yaml. @default null: `auth`; without it OS_CLOUD, else OS_AUTH_URL and the like */
  cloud: optionally(matching("the name of a cloud in clouds.yaml", /^\S+$/)),
  auth: optionally(authSchema),
  /** An image of Debian 13 with cloud-init. */
  image: named("an image of Debian 13"),
  flavors: flavorsSchema,
  /** Where floating addresses come from, and the way out. */
  externalNetwork: named("a network that leads out of the cloud"),
  /** @default null: whichever the cloud takes */
  availabilityZone: optionally(named("an availability zone")),
  /** @default null: the cloud's own */
  dnsServers: optionally(
    listOf(
      text("an IPv4 address, e.g. 192.0.2.53", (value) => parseAddress(value) !== undefined),
      "a list of IPv4 addresses",
    ),
  ),
  /** GiB of a volume that each server boots from. @default null: the flavor's own disk */
  bootFromVolume: optionally(whole(4, 2000)),
  /** The image's user, who may use sudo without a password. @default debian */
  user: matching("a login name, e.g. debian", /^[a-z_][a-z0-9_-]{0,31}$/).default("debian"),
  /** User data on a drive beside the metadata service, for clouds that have no such service. @default false */
  configDrive: flag().default(false),
  /** What the control node's floating address lets in. @default SSH from everywhere */
  allow: listOf(ruleSchema, "a list of rules such as { port: 22, from: 203.0.113.0/24 }").default([
    { port: 22, protocol: "tcp", from: "0.0.0.0/0" },
  ]),
  networks: networksSchema.prefault({}),
  /** @default null: the image's own */
  packageSources: optionally(packageSources()),
  /** Minutes. */
  timeouts: section({
    /** Each network, router, port or address. @default 5 */
    network: minutes(5),
    /** A volume and the copy of the image on it. @default 15 */
    volume: minutes(15),
    /** Until the cloud calls a server ACTIVE. @default 15 */
    server: minutes(15),
    /** From then on until it can be logged in to and has booted. @default 10 */
    boot: minutes(10),
  }).prefault({}),
};

/** A stack of servers of an OpenStack cloud. */
export type OpenstackStack = StackOn<typeof keys>;
