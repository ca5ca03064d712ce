import { quote } from "../actions/quote.ts";
import type { StackConfig } from "../config/schema.ts";
import { INTERFACE } from "./interface.ts";
import { KVM_GUEST } from "./kvm-guest.ts";
import type { Interfaces } from "./planned-node.ts";

/**
 * Shell that prints one JSON object of strings: what this very node can do, whatever its hardware is called.
 * - `virt_type`: `kvm` where a guest really ran, else `qemu`; or what `settings.virtualization` says
 * - `datapath`: `kernel` where Open vSwitch has its kernel module, else `netdev`; or what `settings.datapath` says
 * - `datapath_type`: the same as Open vSwitch calls it, `system` or `netdev`; `userspace`: whether that is the second, `true`
 *   or `false`; `tunnel_interface`, `provider_interface`: the kernel's names of the network cards, empty where there is none;
 *   `tunnel_device`: what carries the tunnel address, the network card itself or a bridge above it
 * - `device_mapper`, `iscsi`: `yes` or `no`
 * - `cpu_model`; `cpus`; `memory`: the node's limit in MiB; `cgroup`: `v1` or `v2`
 * Why KVM is not used goes to standard error.
 * @param interfaces the node's network cards, by name or MAC
 */
export function factsScript(config: StackConfig, interfaces: Interfaces): string {
  return `set -eu
module() { [ -d "/sys/module/$1" ] || modprobe -q "$1" 2> /dev/null; }
yes_if() { if "$@"; then echo yes; else echo no; fi; }
${INTERFACE}
tunnel_interface=$(interface ${quote(interfaces.tunnel)})
provider_interface=$(interface ${quote(interfaces.provider)})
virt_type=${quote(config.settings.virtualization)}
if [ "$virt_type" = auto ]; then
  echo "trying a guest with KVM" >&2
  virt_type=$(perl -e ${quote(KVM_GUEST)}) || virt_type=qemu
fi
datapath=${quote(config.settings.datapath)}
if [ "$datapath" = auto ]; then
  if module openvswitch; then datapath=kernel; else datapath=netdev; fi
fi
# Without the kernel's help Open vSwitch wraps tunnels itself, so the tunnel address must be on a bridge of its own.
case $datapath in
  kernel) datapath_type=system userspace=false tunnel_device=$tunnel_interface ;;
  *) datapath_type=netdev userspace=true tunnel_device=br-vtep ;;
esac
device_mapper=$(yes_if grep -q device-mapper /proc/misc)
iscsi=$(yes_if module iscsi_tcp)
cpu_model=$(sed -n 's/^model name[^:]*: *//p' /proc/cpuinfo | head -n 1 | tr -d '"\\\\')
memory=$(awk '/^MemTotal:/ { print int($2 / 1024) }' /proc/meminfo)
if [ -e /sys/fs/cgroup/cgroup.controllers ]; then cgroup=v2; else cgroup=v1; fi
# The limit of a container, where this machine does not show it as its memory.
for file in /sys/fs/cgroup/memory.max /sys/fs/cgroup/memory/memory.limit_in_bytes; do
  [ -r "$file" ] || continue
  limit=$(cat "$file")
  case $limit in max | ????????????????*) continue ;; esac
  limit=$((limit / 1048576))
  [ "$limit" -ge "$memory" ] || memory=$limit
done
printf '{"virt_type": "%s", "datapath": "%s", "datapath_type": "%s", "userspace": "%s", "tunnel_interface": "%s", "provider_interface": "%s", "tunnel_device": "%s", "device_mapper": "%s", "iscsi": "%s", "cpu_model": "%s", "cpus": "%s", "memory": "%s", "cgroup": "%s"}\\n' \\
  "$virt_type" "$datapath" "$datapath_type" "$userspace" "$tunnel_interface" "$provider_interface" "$tunnel_device" "$device_mapper" "$iscsi" "$cpu_model" "$(nproc)" "$memory" "$cgroup"
`;
}
