import { quote } from "../../actions/quote.ts";
import { NETWORKS, type NetworkName } from "../../config/networks.ts";
import { INTERFACE } from "../interface.ts";
import type { Interfaces } from "../planned-node.ts";
import { MARKER } from "./prepare.ts";

/** A network card as the host has it. */
export interface Card {
  /** The kernel's name; empty where there is no such card. */
  readonly name: string;
  /** IPv4, `192.0.2.11/24`. */
  readonly addresses: readonly string[];
  /** The default route leads over it. */
  readonly default: boolean;
  /** The bridge, bond or switch it is a part of; empty for none. */
  readonly master: string;
  /** The file of ifupdown that configures it; empty for none. */
  readonly configured: string;
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
 */
export function probeScript(interfaces: Interfaces): string {
  return `say() { printf '%s %s\\n' "$1" "$2"; }
PATH=$PATH:/usr/sbin:/sbin
say time "$(date +%s)"
(. /etc/os-release 2> /dev/null; say os.id "\${ID:-}"; say os.version "\${VERSION_ID:-}"; say os.name "\${PRETTY_NAME:-$(uname -s)}")
say architecture "$(dpkg --print-architecture 2> /dev/null || uname -m)"
say hostname "$(hostname)"
say cpus "$(nproc)"
memory=$(awk '/^MemTotal:/ { print int($2 / 1024) }' /proc/meminfo)
for file in /sys/fs/cgroup/memory.max /sys/fs/cgroup/memory/memory.limit_in_bytes; do
  limit=$(cat "$file" 2> /dev/null || echo max)
  case $limit in max | ????????????????*) continue ;; esac
  limit=$((limit / 1048576))
  [ "$limit" -ge "$memory" ] || memory=$limit
done
say memory "$memory"
say free "$(df -P -m /var | awk 'NR == 2 { print $4 }')"
if [ "$(id -u)" = 0 ]; then
  say sudo ok
elif said=$(sudo -n true 2>&1); then
  say sudo ok
else
  say sudo "$(printf '%s' "\${said:-it says nothing}" | tail -n 1)"
fi
${INTERFACE}
card() {
  name=$(interface "$2")
  say "$1.name" "$name"
  [ -n "$name" ] || return 0
  for address in $(ip -o -4 address show dev "$name" | awk '{ print $4 }'); do say "$1.address" "$address"; done
  [ -z "$(ip -4 route show default dev "$name")" ] || say "$1.default" yes
  [ ! -e "/sys/class/net/$name/master" ] || say "$1.master" "$(basename "$(readlink "/sys/class/net/$name/master")")"
  file=$(grep -slE "^[[:space:]]*iface[[:space:]]+$name[[:space:]]" /etc/network/interfaces /etc/network/interfaces.d/* | head -n 1)
  [ -z "$file" ] || say "$1.configured" "$file"
}
${NETWORKS.map((network) => `card ${network} ${quote(interfaces[network])}`).join("\n")}
proxy=$(apt-config dump Acquire::http::Proxy 2> /dev/null | sed -n 's/.*"\\(.*\\)".*/\\1/p')
for url in $(if [ -n "$proxy" ] && [ "$proxy" != DIRECT ]; then echo "$proxy"; else apt-get indextargets --format '$(REPO_URI)' 2> /dev/null | sort -u; fi); do
  name=$(printf '%s\\n' "$url" | sed -n 's,^[a-z+]*://\\([^@/]*@\\)\\{0\\,1\\}\\([^/:]*\\).*,\\2,p')
  [ -n "$name" ] || continue
  timeout 5 getent ahosts "$name" > /dev/null 2>&1 || say unresolved "$name"
done
if [ -r ${MARKER} ]; then
  { read -r stack; read -r node; } < ${MARKER}
  say stack "$stack"
  say node "$node"
fi
for package in $(dpkg-query -W -f '\${db:Status-Status} \${Package}\\n' ${PACKAGES.join(" ")} 2> /dev/null | sed -n 's/^installed //p'); do say openstack "$package"; done
systemctl list-unit-files --no-legend --no-pager ${UNITS.map(quote).join(" ")} 2> /dev/null | awk '{ print $1 }' | head -n 5 | while read -r unit; do say openstack "$unit"; done
say end end
`;
}

/** What the script printed, read back. @returns undefined where it was cut off */
export function parseProbe(printed: string): HostFacts | undefined {
  const values = new Map<string, string[]>();
  for (const line of printed.split("\n")) {
    const [, key = "", value = ""] = /^(\S+) (.*)$/.exec(line) ?? [];
    if (key !== "") values.set(key, [...(values.get(key) ?? []), value]);
  }
  if (!values.has("end")) return undefined;
  const one = (key: string): string => values.get(key)?.[0] ?? "";
  const all = (key: string): string[] => [...new Set(values.get(key))];
  const card = (network: NetworkName): Card => ({
    name: one(`${network}.name`),
    addresses: all(`${network}.address`),
    default: one(`${network}.default`) === "yes",
    master: one(`${network}.master`),
    configured: one(`${network}.configured`),
  });
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
    cards: { management: card("management"), tunnel: card("tunnel"), provider: card("provider") },
    stack: one("stack"),
    node: one("node"),
    openstack: all("openstack"),
  };
}
