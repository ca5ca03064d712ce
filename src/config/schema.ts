import type { Role } from "../curriculum/types.ts";

/** A network of the lab. */
export interface NetworkConfig {
  /** IPv4, e.g. `10.141.7.0/24`. @default derived from the stack's name */
  readonly cidr: string;
  /** This machine's address in it. @default the first of the network */
  readonly gateway: string;
}

export interface NodeConfig {
  readonly roles: readonly Role[];
  /** Host part counted in every network of the lab, 2 … 254: node 11 is x.y.z.11 in each. @default 11, 12, … in order */
  readonly number: number;
  /** e.g. `6GiB`. A limit, not a reservation. */
  readonly memory: string;
  /** Cores. @default all of the machine's */
  readonly cpus: number | null;
}

/** Nodes as Incus containers on this machine. */
export interface LocalHardware {
  readonly kind: "local";
  /** Storage pool. @default scratchstack */
  readonly pool: string;
  readonly networks: {
    readonly management: NetworkConfig;
    readonly tunnel: NetworkConfig;
    readonly provider: NetworkConfig;
  };
  /** Packages come through the machine's package cache. @default true */
  readonly packageCache: boolean;
  /** Package sources of the nodes. @default this machine's own, with the nodes' suite */
  readonly packageSources: readonly string[] | null;
}

/** A stack's configuration, checked and with every default filled in. */
export interface StackConfig {
  /** Id of a lab, e.g. `lab001`. */
  readonly lab: string;
  /** OpenStack release. @default 2025.1 */
  readonly release: string;
  readonly hardware: LocalHardware;
  readonly nodes: Readonly<Record<string, NodeConfig>>;
  readonly settings: {
    /** Keystone region. @default RegionOne */
    readonly region: string;
    /** Worker processes of each API. @default 2 */
    readonly workers: number;
    /** `auto` tries KVM by running a guest. @default auto */
    readonly virtualization: "auto" | "kvm" | "qemu";
    /** `direct` is the small guest built from Debian's packages; `cirros` is downloaded from `url`. @default direct */
    readonly guest: {
      readonly image: "direct" | "cirros";
      readonly url: string | null;
      readonly sha256: string | null;
    };
  };
}
