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
elif said=$(LC_ALL=C @@SUDO@@ /bin/sh -c : 2>&1); then
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
  for address in $(ip -o -6 address show dev "$name" | awk '!/ scope (link|host)/ { print $4 }'); do say "$1.address" "$address"; done
  for version in 4 6; do
    [ -z "$(ip "-$version" route show default dev "$name")" ] || say "$1.default" yes
  done
  master=$(readlink "/sys/class/net/$name/master")
  [ -z "$master" ] || say "$1.master" "${master##*/}"
  kind=$(sed -n 's/^DEVTYPE=//p' "/sys/class/net/$name/uevent")
  [ -z "$kind" ] || say "$1.kind" "$kind"
  # VLANs, macvlans and tunnels on it, each with its kind. Its bridge or bond is named above.
  for upper in "/sys/class/net/$name"/upper_*; do
    child=${upper##*/upper_}
    if [ ! -e "$upper" ] || [ "$child" = "${master##*/}" ]; then continue; fi
    say "$1.child" "$child $(ip -d -o link show dev "$child" | sed 's/.*\\ *//; s/ .*//')"
  done
  file=$(grep -slE "^[^#]*[[:space:]]$name([.:[:space:]]|\$)" /etc/network/interfaces /etc/network/interfaces.d/* | head -n 1)
  [ -z "$file" ] || say "$1.configured" "$file"
  # What networkd does with it: the file, and what the file is for.
  link=/run/systemd/netif/links/$(cat "/sys/class/net/$name/ifindex")
  file=$(sed -n 's/^NETWORK_FILE=//p' "$link" 2> /dev/null)
  if [ -n "$file" ] && ! grep -qx ADMIN_STATE=unmanaged "$link"; then
    match=$(sed -nE 's/^[[:space:]]*(Name|MACAddress|PermanentMACAddress|Path)[[:space:]]*=//p' "$file" 2> /dev/null | tr '\n' ' ')
    say "$1.networkd" "$file $match"
  fi
  # NetworkManager's active connection, and others that are for this card alone.
  connection=$(LC_ALL=C nmcli -g GENERAL.CONNECTION device show "$name" 2> /dev/null)
  [ -z "$connection" ] || say "$1.networkmanager" "$connection"
  for uuid in $(LC_ALL=C nmcli -g UUID connection show 2> /dev/null); do
    if [ "$(LC_ALL=C nmcli -g connection.interface-name connection show "$uuid" 2> /dev/null)" = "$name" ]; then
      say "$1.networkmanager" "$(LC_ALL=C nmcli -g connection.id connection show "$uuid")"
    fi
  done
  # Programs that were started for it.
  for arguments in $(grep -lsE '(dhclient|dhcpcd|udhcpc|wpa_supplicant|hostapd|dnsmasq|pppd|pppoe)' /proc/[0-9]*/cmdline); do
    tr '\0' '\n' 2> /dev/null < "$arguments" | awk -v "card=$name" '
      NR == 1 { sub(".*/", ""); sub(":.*", ""); program = $0 }
      $0 == card || $0 == "-i" card || $0 == "--interface=" card { found = 1 }
      END { if (found && program ~ /^(dhclient|dhcpcd|udhcpc|wpa_supplicant|hostapd|dnsmasq|pppd|pppoe)$/) print program }'
  done | sort -u | while read -r program; do say "$1.program" "$program"; done
}
@@CARDS@@
proxy=$(apt-config dump Acquire::http::Proxy 2> /dev/null | sed -n 's/.*"\(.*\)".*/\1/p')
[ -n "$proxy" ] || proxy=$(printenv http_proxy)
for url in $(if [ -n "$proxy" ] && [ "$proxy" != DIRECT ]; then echo "$proxy"; else apt-get indextargets --format '$(REPO_URI)' 2> /dev/null | sort -u; fi); do
  name=$(printf '%s\n' "$url" | sed -n 's,^[a-z+]*://\([^@/]*@\)\{0\,1\}\([^/:]*\).*,\2,p')
  [ -n "$name" ] || continue
  timeout 5 getent ahosts "$name" > /dev/null 2>&1 || say unresolved "$name"
done
# A proxy that apt would use, by its own configuration or by the variables of a login, and that does not answer.
for scheme in $(apt-get indextargets --format '$(REPO_URI)' 2> /dev/null | sed -n 's,^\(https\{0\,1\}\):.*,\1,p' | sort -u); do
  proxy=$(apt-config dump "Acquire::$scheme::Proxy" 2> /dev/null | sed -n 's/.*"\(.*\)".*/\1/p')
  origin="Acquire::$scheme::Proxy of apt"
  if [ -z "$proxy" ]; then
    proxy=$(printenv "${scheme}_proxy")
    origin="${scheme}_proxy in a login"
  fi
  case $proxy in "" | DIRECT) continue ;; esac
  place=$(printf '%s\n' "$proxy" | sed 's,^[a-z0-9]*://,,; s,/.*,,; s,.*@,,')
  case $place in *:*) port=${place##*:} ;; *) port=80 ;; esac
  timeout 3 bash -c 'exec 3<> "/dev/tcp/$1/$2"' bash "${place%:*}" "$port" 2> /dev/null || say proxy "$place $origin"
done
for place in @@STACK_PROXIES@@; do
  timeout 3 bash -c 'exec 3<> "/dev/tcp/$1/$2"' bash "${place%:*}" "${place##*:}" 2> /dev/null || say proxy "$place settings.proxy"
done
if [ -r @@MARKER@@ ]; then
  { read -r stack; read -r node; } < @@MARKER@@
  say stack "$stack"
  say node "$node"
fi
for package in $(dpkg-query -W -f '${db:Status-Status} ${Package}\n' @@PACKAGES@@ 2> /dev/null | sed -n 's/^installed //p'); do say openstack "$package"; done
systemctl list-unit-files --no-legend --no-pager @@UNITS@@ 2> /dev/null | awk '{ print $1 }' | head -n 5 | while read -r unit; do say openstack "$unit"; done
say end end
