import { NETWORKS, type NetworkName } from "../../config/networks.ts";
import { programText } from "../../config/program-text.ts";
import { quote } from "../../config/quote.ts";
import { SUDO } from "../../transport/framing.ts";
import { INTERFACE } from "../interface.ts";
import type { Interfaces } from "../planned-node.ts";
import { MARKER } from "./prepare.ts";

/** A network interface of a host. */
export interface Card {
  /** The kernel's name; empty where there is no such interface. */
  readonly name: string;
  /** IPv4 and IPv6, `192.0.2.11/24`; without link-local ones, which every card has. */
  readonly addresses: readonly string[];
  /** A default route leads over it. */
  readonly default: boolean;
  /** The bridge, bond or switch it is a part of; empty for none. */
  readonly master: string;
  /** The kernel's name for its kind: `vlan`, `bond`, `wireguard`; empty for a plain card. */
  readonly kind: string;
  /** Interfaces on top of it, each with its kind where the kernel tells: `eth2.100 vlan`. */
  readonly children: readonly string[];
  /** The file of ifupdown that names it; empty for none. */
  readonly configured: string;
  /** The file by which networkd configures it, and what the file is for: names, patterns or MACs. @default networkd leaves it alone */
  readonly networkd?: { readonly file: string; readonly match: readonly string[] };
  /** Connections of NetworkManager that are active on it, or for it alone. */
  readonly connections: readonly string[];
  /** Programs that were started for it, such as a DHCP client. */
  readonly programs: readonly string[];
}

/** What a host says of itself. */
export interface HostFacts {
  /** `debian`, `13`, and both in words. */
  readonly os: { readonly id: string; readonly version: string; readonly name: string };
  /** `amd64`. */
  readonly architecture: string;
  readonly hostname: string;
  readonly cpus: number;
  readonly memoryMiB: number;
  /** Of the file system that packages and data go to. */
  readonly freeMiB: number;
  /** Seconds since the epoch. */
  readonly time: number;
  /** `ok`, or why sudo does not. */
  readonly sudo: string;
  /** Names that apt must resolve, and that cannot be. */
  readonly unresolved: readonly string[];
  /** Proxies that apt would use and that do not answer: `10.0.0.9:3128 https_proxy in a login`. */
  readonly silentProxies: readonly string[];
  readonly cards: Readonly<Record<NetworkName, Card>>;
  /** The stack and node that it is already; empty where it is none. */
  readonly stack: string;
  readonly node: string;
  /** Packages and units of an OpenStack. */
  readonly openstack: readonly string[];
}

/** Packages that every way to install that part of OpenStack from packages brings, and units of other ways. */
const PACKAGES = [
  "keystone",
  "keystone-common",
  "nova-common",
  "neutron-common",
  "glance-common",
  "cinder-common",
  "placement-common",
];
const UNITS = [
  "devstack@*",
  "kolla-*",
  "snap.microstack.*",
  "keystone*",
  "nova-*",
  "neutron-*",
  "openstack-*",
];

/**
 * Shell for the user who logs in, on a host of any make: prints a line `key value` for each thing it finds, and changes nothing.
 * @param interfaces by name or MAC
 * @param proxies of the stack's file that the host must reach, as `host:port`. @default none
 */
export const probeScript = (interfaces: Interfaces, proxies: readonly string[] = []): string =>
  `${programText("hardware/hosts/probe.sh", {
    INTERFACE,
    MARKER,
    STACK_PROXIES: proxies.map(quote).join(" "),
    SUDO: SUDO.join(" "),
    CARDS: NETWORKS.map((network) => `card ${network} ${quote(interfaces[network])}`).join("\n"),
    PACKAGES: PACKAGES.join(" "),
    UNITS: UNITS.map(quote).join(" "),
  })}\n`;

/** What the script printed, read back. @returns undefined for incomplete output */
export function parseProbe(printed: string): HostFacts | undefined {
  const values = new Map<string, string[]>();
  for (const line of printed.split("\n")) {
    const [, key = "", value = ""] = /^(\S+) (.*)$/.exec(line) ?? [];
    if (key !== "") values.set(key, [...(values.get(key) ?? []), value]);
  }
  if (!values.has("end")) return undefined;
  const one = (key: string): string => values.get(key)?.[0] ?? "";
  const all = (key: string): string[] => [...new Set(values.get(key))];
  const card = (network: NetworkName): Card => {
    const [file = "", ...match] = one(`${network}.networkd`).trim().split(/ +/);
    return {
      name: one(`${network}.name`),
      addresses: all(`${network}.address`),
      default: one(`${network}.default`) === "yes",
      master: one(`${network}.master`),
      kind: one(`${network}.kind`),
      children: all(`${network}.child`).map((child) => child.trim()),
      configured: one(`${network}.configured`),
      ...(file !== "" && { networkd: { file, match } }),
      connections: all(`${network}.networkmanager`),
      programs: all(`${network}.program`),
    };
  };
  return {
    os: { id: one("os.id"), version: one("os.version"), name: one("os.name") },
    architecture: one("architecture"),
    hostname: one("hostname"),
    cpus: Number(one("cpus")),
    memoryMiB: Number(one("memory")),
    freeMiB: Number(one("free")),
    time: Number(one("time")),
    sudo: one("sudo"),
    unresolved: all("unresolved"),
    silentProxies: all("proxy"),
    cards: { management: card("management"), tunnel: card("tunnel"), provider: card("provider") },
    stack: one("stack"),
    node: one("node"),
    openstack: all("openstack"),
  };
}
