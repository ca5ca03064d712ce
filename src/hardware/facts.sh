set -eu
module() { [ -d "/sys/module/$1" ] || modprobe -q "$1" 2> /dev/null; }
yes_if() { if "$@"; then echo yes; else echo no; fi; }
@@INTERFACE@@
tunnel_interface=$(interface @@TUNNEL@@)
provider_interface=$(interface @@PROVIDER@@)
virt_type=@@VIRTUALIZATION@@
if [ "$virt_type" = auto ]; then
  echo "trying a guest with KVM" >&2
  virt_type=$(perl -e @@KVM_GUEST@@) || virt_type=qemu
fi
datapath=@@DATAPATH@@
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
cpu_model=$(sed -n 's/^model name[^:]*: *//p' /proc/cpuinfo | head -n 1 | tr -d '"\\')
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
printf '{"virt_type": "%s", "datapath": "%s", "datapath_type": "%s", "userspace": "%s", "tunnel_interface": "%s", "provider_interface": "%s", "tunnel_device": "%s", "device_mapper": "%s", "iscsi": "%s", "cpu_model": "%s", "cpus": "%s", "memory": "%s", "cgroup": "%s"}\n' \
  "$virt_type" "$datapath" "$datapath_type" "$userspace" "$tunnel_interface" "$provider_interface" "$tunnel_device" "$device_mapper" "$iscsi" "$cpu_model" "$(nproc)" "$memory" "$cgroup"
