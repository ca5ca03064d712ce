import { z } from "zod";
import { ROLES } from "../curriculum/types.ts";
import { defaultKind, type KindConfig, type Kinds } from "./kind.ts";
import type { NetworkInput, networksSchema } from "./network-keys.ts";
import { listOf, matching, oneOf, section, whole } from "./values.ts";

/** OpenStack releases a lab can be built of. */
const RELEASES = ["2025.1"] as const;

/** When `up` takes a checkpoint by itself. */
const CHECKPOINT_MODES = ["service", "step", "none"] as const;
export type CheckpointMode = (typeof CHECKPOINT_MODES)[number];

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

/** What every kind of hardware says. */
interface HardwareInput {
  /** Name of the kind. */
  readonly kind: string;
  readonly networks: z.output<typeof networksSchema>;
}

/** What the nodes are made of: one of the kinds (`normalize.ts` fills in the default kind). */
function hardwareSchema(kinds: Kinds): z.ZodType<HardwareInput> {
  const sections = Object.entries(kinds).map(([name, { keys }]) =>
    section({ kind: z.literal(name), ...keys }),
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
    /** Id of a lab, e.g. `lab001`. The only key that must be there. */
    lab: z.string(),
    /** OpenStack release. @default 2025.1 */
    release: oneOf(RELEASES).default("2025.1"),
    /** @default the first kind, with its defaults */
    hardware: hardwareSchema(kinds).prefault({ kind: defaultKind(kinds) }),
    /** Name → node. @default one node for each role of the lab, called like the role */
    nodes: z.record(z.string(), nodeSchema, { error: "a mapping of node names to nodes" }).optional(),
    settings: settingsSchema.prefault({}),
    /** After what `lab up` takes a checkpoint by itself. @default service where nodes can go back, else none */
    checkpoints: oneOf(CHECKPOINT_MODES).optional(),
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
/** A network of the lab. */
export type NetworkConfig = Filled<NetworkInput>;
/** The configuration of a stack on one kind of hardware. @typeParam K the schemas of its keys */
export type StackOn<K extends KindConfig["keys"]> = StackConfig & {
  readonly hardware: Filled<z.output<z.ZodObject<K>>>;
};
