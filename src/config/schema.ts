import { z } from "zod";
import { ROLES, THIS_MACHINE } from "../curriculum/types.ts";
import { NODE_NAME } from "./check-nodes.ts";
import { defaultKind, type KindConfig, type Kinds } from "./kind.ts";
import type { NetworkInput, networksSchema } from "./network-keys.ts";
import { secretValue } from "./secret-value.ts";
import { listOf, matching, oneOf, section, whole } from "./values.ts";

/** OpenStack releases a lab can be built of. */
export const RELEASES = ["2025.1"] as const;

/** When `up` takes a checkpoint by itself. */
const CHECKPOINT_MODES = ["service", "step", "none"] as const;
export type CheckpointMode = (typeof CHECKPOINT_MODES)[number];

const nodeSchema = section({
  roles: listOf(oneOf(ROLES), `a list of roles (${ROLES.join(", ")})`)
    .optional()
    .describe("Roles of the node. Default: the role that has the same name as the node"),
  number: whole(2, 254)
    .optional()
    .describe(
      "Number of the node's address in every network, 2 to 254: node 11 is x.y.z.11. Default: the next free one, from 11",
    ),
  memory: matching("a size such as 4GiB or 1536MiB", /^[1-9]\d{0,5}[MG]iB$/)
    .optional()
    .describe("Limit of memory, e.g. 6GiB. Default: 6GiB for control, 4GiB for compute, else 2GiB"),
  cpus: whole(1, 256)
    .nullable()
    .default(null)
    .describe("Number of processor cores. Default: all of the machine"),
});

/** For the JSON Schema alone: `check-nodes.ts` reports a wrong name, with a suggestion. */
const nodeName = z.string().meta({ pattern: `(?!^${THIS_MACHINE}$)${NODE_NAME.source}` });

const guestSchema = section({
  image: oneOf(["direct", "cirros"])
    .default("direct")
    .describe(
      "direct: the small guest made from Debian packages. cirros: an image that is downloaded from `url`",
    ),
  url: matching("an http or https URL", /^https?:\/\/[^\s/]+\/\S+$/)
    .nullable()
    .default(null)
    .describe("Address of the CirrOS image"),
  sha256: matching("64 hexadecimal digits", /^[0-9a-f]{64}$/)
    .nullable()
    .default(null)
    .describe("Checksum of the CirrOS image"),
});

const PROXY =
  "the URL of a proxy such as http://proxy.example.org:3128, best as a secret where it holds a password";
const PROXY_URL = /^https?:\/\/([^\s/@"';\\]+@)?[^\s/@:"';\\]+(:\d{1,5})?\/?$/;
const proxyUrl = () => secretValue(PROXY, PROXY_URL).nullable().default(null);

const proxySchema = section({
  http: proxyUrl().describe(
    "Proxy for http: `pulumi config set --secret --path scratchstack:settings.proxy.http` encrypts it",
  ),
  https: proxyUrl().describe("Proxy for https. Default: the one for http"),
  noProxy: listOf(
    matching("a name, address or network", /^[A-Za-z0-9.*:/_-]+$/),
    "a list of names, addresses or networks",
  )
    .nullable()
    .default(null)
    .describe("What is reached directly, beside the lab itself"),
});

const settingsSchema = section({
  region: matching("a name of letters, digits, dots, hyphens and underscores", /^[A-Za-z0-9][\w.-]{0,62}$/)
    .default("RegionOne")
    .describe("Keystone region"),
  workers: whole(1, 16).default(2).describe("Worker processes of each API"),
  virtualization: oneOf(["auto", "kvm", "qemu"])
    .default("auto")
    .describe(
      "How compute nodes run servers. auto: KVM where a node can run a guest with it, else emulation",
    ),
  datapath: oneOf(["auto", "kernel", "netdev"])
    .default("auto")
    .describe(
      "How Open vSwitch forwards packets. auto: in the kernel where it has the module, else in userspace",
    ),
  proxy: proxySchema
    .prefault({})
    .describe("Proxy for what the lab fetches from outside: packages, images, and the API of a cloud"),
  guest: guestSchema.prefault({}).describe("The small system that servers boot from"),
});

/** What every kind of hardware says. */
interface HardwareInput {
  /** Name of the kind. */
  readonly kind: string;
  readonly networks: z.output<typeof networksSchema>;
}

/** What the nodes are made of: one of the kinds (`normalize.ts` fills in the default kind). */
function hardwareSchema(kinds: Kinds): z.ZodType<HardwareInput> {
  const sections = Object.entries(kinds).map(([name, { keys }]) =>
    section({ kind: z.literal(name).describe("Kind of hardware"), ...keys }),
  );
  const names = Object.keys(kinds);
  const error = `a mapping such as { kind: ${defaultKind(kinds)} }, of kind ${names.join(" or ")}`;
  // zod wants to know at compile time that there is one; what every kind has is in the type of `KindConfig`.
  return z.discriminatedUnion("kind", sections as [(typeof sections)[0]], {
    error,
  }) as unknown as z.ZodType<HardwareInput>;
}

/** What a stack file may say. What depends on the stack's name or on other keys is filled in by expand.ts. */
export const stackSchema = (kinds: Kinds) =>
  section({
    lab: z.string().describe("The lab to build, e.g. lab001. The only required key"),
    release: oneOf(RELEASES).default("2025.1").describe("OpenStack release"),
    hardware: hardwareSchema(kinds)
      .prefault({ kind: defaultKind(kinds) })
      .describe(`Where nodes come from: ${Object.keys(kinds).join(", ")}. Default: ${defaultKind(kinds)}`),
    nodes: z
      .record(nodeName, nodeSchema, { error: "a mapping of node names to nodes" })
      .optional()
      .describe(
        "The nodes by their names. Default: one node for each role of the lab, with the name of the role",
      ),
    settings: settingsSchema.prefault({}).describe("Settings of OpenStack"),
    checkpoints: oneOf(CHECKPOINT_MODES)
      .optional()
      .describe(
        "After what `lab up` takes a checkpoint. Default: service, or none where nodes cannot be restored",
      ),
  });

/** Everything optional filled in, everything read-only. */
type Filled<T> = T extends readonly (infer E)[]
  ? readonly E[]
  : T extends object
    ? { readonly [K in keyof T]-?: Filled<Exclude<T[K], undefined>> }
    : T;

export type StackInput = z.output<ReturnType<typeof stackSchema>>;
export type NodeInput = z.output<typeof nodeSchema>;
/** A stack's configuration, checked and with every default filled in. Of its hardware it tells what every kind has. */
export type StackConfig = Filled<StackInput>;
export type NodeConfig = Filled<NodeInput>;
/** A stack's name with its configuration. */
export interface ConfiguredStack {
  readonly name: string;
  readonly config: StackConfig;
}
/** A network of the lab. */
export type NetworkConfig = Filled<NetworkInput>;
/** The configuration of a stack on one kind of hardware. @typeParam K the schemas of its keys */
export type StackOn<K extends KindConfig["keys"]> = StackConfig & {
  readonly hardware: Filled<z.output<z.ZodObject<K>>>;
};
