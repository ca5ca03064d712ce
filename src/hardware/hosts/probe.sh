say() { printf '%s %s\n' "$1" "$2"; }
PATH=$PATH:/usr/sbin:/sbin
say time "$(date +%s)"
(. /etc/os-release 2> /dev/null; say os.id "${ID:-}"; say os.version "${VERSION_ID:-}"; say os.name "${PRETTY_NAME:-$(uname -s)}")
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
  say sudo "$(printf '%s' "${said:-it says nothing}" | tail -n 1)"
fi
@@INTERFACE@@
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
@@CARDS@@
proxy=$(apt-config dump Acquire::http::Proxy 2> /dev/null | sed -n 's/.*"\(.*\)".*/\1/p')
for url in $(if [ -n "$proxy" ] && [ "$proxy" != DIRECT ]; then echo "$proxy"; else apt-get indextargets --format '$(REPO_URI)' 2> /dev/null | sort -u; fi); do
  name=$(printf '%s\n' "$url" | sed -n 's,^[a-z+]*://\([^@/]*@\)\{0\,1\}\([^/:]*\).*,\2,p')
  [ -n "$name" ] || continue
  timeout 5 getent ahosts "$name" > /dev/null 2>&1 || say unresolved "$name"
done
if [ -r @@MARKER@@ ]; then
  { read -r stack; read -r node; } < @@MARKER@@
  say stack "$stack"
  say node "$node"
fi
for package in $(dpkg-query -W -f '${db:Status-Status} ${Package}\n' @@PACKAGES@@ 2> /dev/null | sed -n 's/^installed //p'); do say openstack "$package"; done
systemctl list-unit-files --no-legend --no-pager @@UNITS@@ 2> /dev/null | awk '{ print $1 }' | head -n 5 | while read -r unit; do say openstack "$unit"; done
say end end
