import { z } from "zod";
import { ROLES } from "../curriculum/types.ts";
import { parseAddress, parseCidr } from "./ipv4.ts";
import { flag, listOf, matching, oneOf, section, text, whole } from "./values.ts";

/** OpenStack releases a lab can be built of. */
const RELEASES = ["2025.1"] as const;
/** Kinds of hardware; each is a folder `src/hardware/<kind>/`. */
const HARDWARE_KINDS = ["local"] as const;

const isNetwork = (value: string): boolean => {
  const prefix = parseCidr(value)?.prefix ?? 0;
  return prefix >= 16 && prefix <= 28;
};

const address = () => text("an IPv4 address, e.g. 10.141.7.1", (value) => parseAddress(value) !== undefined);

const networkKeys = {
  /** IPv4, e.g. `10.141.7.0/24`. @default derived from the stack's name */
  cidr: text("an IPv4 network of prefix /16 to /28, e.g. 10.141.7.0/24", isNetwork).optional(),
  /** This machine's address in it. @default the first of the network */
  gateway: address().optional(),
};
const networkSchema = section(networkKeys);

const providerSchema = section({
  ...networkKeys,
  /** What OpenStack may give away of it: gateways of routers, floating addresses. */
  pool: section({
    /** @default the middle of the network: x.y.z.128 of a /24 */
    first: address().optional(),
    /** @default the network's last: x.y.z.254 of a /24 */
    last: address().optional(),
  }).prefault({}),
});

const nodeSchema = section({
  /** @default the role that is called like the node */
  roles: listOf(oneOf(ROLES), `a list of roles (${ROLES.join(", ")})`).optional(),
  /** Host part counted in every network of the lab, 2 … 254: node 11 is x.y.z.11 in each. @default the next free from 11 on */
  number: whole(2, 254).optional(),
  /** e.g. `6GiB`. A limit, not a reservation. @default 6GiB for control, 4GiB for compute, else 2GiB */
  memory: matching("a size such as 4GiB or 1536MiB", /^[1-9]\d{0,5}[MG]iB$/).optional(),
  /** Cores. @default null: all of the machine's */
  cpus: whole(1, 256).nullable().default(null),
});

/** Nodes as Incus containers on this machine. */
const localSchema = section({
  /** @default local */
  kind: oneOf(HARDWARE_KINDS).default("local"),
  /** Storage pool. @default scratchstack */
  pool: matching(
    "a name of letters, digits, hyphens and underscores, at most 50",
    /^[A-Za-z0-9][A-Za-z0-9_-]{0,49}$/,
  ).default("scratchstack"),
  networks: section({
    management: networkSchema.prefault({}),
    tunnel: networkSchema.prefault({}),
    provider: providerSchema.prefault({}),
  }).prefault({}),
  /** Packages come through the machine's package cache. @default true */
  packageCache: flag().default(true),
  /** Nodes are made of images that hold their packages (`lab image`). @default false: every node installs its own */
  bakedImages: flag().default(false),
  /** One-line package sources of the nodes. @default null: this machine's own, with the nodes' suite */
  packageSources: listOf(
    matching(
      "a line such as `deb http://mirror.example.org/debian trixie main`",
      /^deb (\[[^\]]+\] )?[a-z+]+:\/\S+ \S+( \S+)+$/,
    ),
    "a list of lines such as `deb http://mirror.example.org/debian trixie main`",
  )
    .nullable()
    .default(null),
});

const guestSchema = section({
  /** `direct` is the small guest built from Debian's packages; `cirros` is downloaded from `url`. @default direct */
  image: oneOf(["direct", "cirros"]).default("direct"),
  /** Where `cirros` is downloaded from. @default null */
  url: matching("an http or https URL", /^https?:\/\/[^\s/]+\/\S+$/)
    .nullable()
    .default(null),
  /** Checksum of the download. @default null */
  sha256: matching("64 hexadecimal digits", /^[0-9a-f]{64}$/)
    .nullable()
    .default(null),
});

const settingsSchema = section({
  /** Keystone region. @default RegionOne */
  region: matching(
    "a name of letters, digits, dots, hyphens and underscores",
    /^[A-Za-z0-9][\w.-]{0,62}$/,
  ).default("RegionOne"),
  /** Worker processes of each API. @default 2 */
  workers: whole(1, 16).default(2),
  /** `auto` tries KVM by running a guest. @default auto */
  virtualization: oneOf(["auto", "kvm", "qemu"]).default("auto"),
  /** How Open vSwitch forwards; `auto` takes the kernel where it has the module. @default auto */
  datapath: oneOf(["auto", "kernel", "netdev"]).default("auto"),
  guest: guestSchema.prefault({}),
});

/** What a stack file may say. What depends on the stack's name or on other keys is filled in by expand.ts. */
export const stackSchema = section({
  /** Id of a lab, e.g. `lab001`. The only key that must be there. */
  lab: z.string(),
  /** OpenStack release. @default 2025.1 */
  release: oneOf(RELEASES).default("2025.1"),
  hardware: localSchema.prefault({}),
  /** Name → node. @default one node for each role of the lab, called like the role */
  nodes: z.record(z.string(), nodeSchema, { error: "a mapping of node names to nodes" }).optional(),
  settings: settingsSchema.prefault({}),
});

/** Everything optional filled in, everything read-only. */
type Filled<T> = T extends readonly (infer E)[]
  ? readonly E[]
  : T extends object
    ? { readonly [K in keyof T]-?: Filled<Exclude<T[K], undefined>> }
    : T;

export type StackInput = z.output<typeof stackSchema>;
export type NodeInput = z.output<typeof nodeSchema>;
/** A stack's configuration, checked and with every default filled in. */
export type StackConfig = Filled<StackInput>;
export type NodeConfig = Filled<NodeInput>;
/** A network of the lab. */
export type NetworkConfig = Filled<z.output<typeof networkSchema>>;
