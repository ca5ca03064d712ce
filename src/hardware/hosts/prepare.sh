set -eu
export LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive
@@INTERFACE@@
before=@@BEFORE@@
tunnel=$(interface @@TUNNEL@@)
provider=$(interface @@PROVIDER@@)
management=$(interface @@MANAGEMENT@@)
if [ -e @@MARKER@@ ] && [ "$(head -n 1 @@MARKER@@)" != @@STACK@@ ]; then
  echo "this host is a node of stack $(head -n 1 @@MARKER@@); take that down first" >&2
  exit 1
fi
# What is on the host is noted once: a second run would note what the first one did. # not sent
mkdir -p @@STATE@@
chmod 0755 @@STATE@@
if [ ! -e $before/complete ]; then
  rm -rf $before
  mkdir -m 0700 $before
  dpkg-query -W -f '${db:Status-Status} ${Package} ${Version}\n' | sed -n 's/^installed //p' | sort > $before/packages
  cut -d: -f1 /etc/passwd > $before/users
  cut -d: -f1 /etc/group > $before/groups
  find /etc /var/lib /var/log /var/cache /var/spool /usr/local /srv -xdev -maxdepth 4 > $before/entries 2> /dev/null || true
  hostname > $before/hostname
  [ ! -e /etc/hostname ] || cp -p /etc/hostname $before/etc-hostname
  echo "$(systemctl is-active systemd-networkd || true) $(systemctl is-enabled systemd-networkd 2> /dev/null || true)" > $before/networkd
  for card in $tunnel $provider; do
    case $(ip -o link show dev "$card") in *[\<,]UP[,\>]*) ;; *) echo "$card" ;; esac
  done > $before/down
  : > $before/complete
fi
printf '%s\n' @@STACK@@ @@NAME@@ > @@MARKER@@
chmod 0644 @@MARKER@@
# Until the course writes /etc/hosts: sudo wants to know its own machine.
if ! getent hosts @@NAME@@ > /dev/null; then
  echo @@HOSTS_LINE@@ >> /etc/hosts
fi
if [ "$(hostname)" != @@NAME@@ ] || [ "$(cat /etc/hostname 2> /dev/null)" != @@NAME@@ ]; then
  echo @@NAME@@ > /etc/hostname
  hostname @@NAME@@
  echo @@SAY_CALLED@@
fi
(
@@INSTALL@@
)
# Whatever reads what was written is told of it, also where this was cut off in between.
changed=$before/changed
put() {
  mkdir -p "$(dirname "$1")"
  cat > "$1.new"
  # networkd reads them as a user of its own.
  chmod 0644 "$1.new"
  if cmp -s "$1.new" "$1"; then rm "$1.new"; else : > $changed; mv "$1.new" "$1"; echo "wrote $1"; fi
}
card() {
  printf '[Match]\nName=%s\n\n[Link]\nRequiredForOnline=no\n\n[Network]\nLinkLocalAddressing=no\nIPv6AcceptRA=no\n' "$1"
  [ -z "$2" ] || printf 'ConfigureWithoutCarrier=yes\nAddress=%s\n' "$2"
}
if [ -n "$tunnel$provider" ]; then
  if [ "$(cat $before/networkd)" != "active enabled" ]; then
    # Whoever looks after the management card goes on doing so.
    printf '[Match]\nName=%s\n\n[Link]\nUnmanaged=yes\n' "$management" | put @@MANAGEMENT_FILE@@
  fi
  printf '[Network]\nManageForeignRoutes=no\nManageForeignRoutingPolicyRules=no\n' | put @@NETWORKD_FILE@@
  [ -z "$tunnel" ] || card "$tunnel" @@TUNNEL_ADDRESS@@ | put @@TUNNEL_FILE@@
  [ -z "$provider" ] || card "$provider" '' | put @@PROVIDER_FILE@@
  if systemctl is-active --quiet NetworkManager; then
    printf '[keyfile]\nunmanaged-devices=interface-name:%s;interface-name:%s\n' "${tunnel:-$provider}" "${provider:-$tunnel}" |
      put @@NETWORK_MANAGER_FILE@@
    [ ! -e $changed ] || systemctl reload NetworkManager
  fi
  if [ "$(cat $before/networkd)" != "active enabled" ]; then
    systemctl enable --quiet systemd-networkd
    # It would hold up the boot for cards that need not be there.
    systemctl disable --quiet systemd-networkd-wait-online
    systemctl start systemd-networkd
  fi
  if [ -e $changed ]; then
    networkctl reload
    for card in $tunnel $provider; do networkctl reconfigure "$card"; done
    rm $changed
  fi
fi
# A proxy of this host is none of the lab's, whoever set it: in a session, and for services started by systemd.
others=$(systemctl show-environment | sed -n 's/^no_proxy=//p')
unproxied=@@NO_PROXY@@${others:+,$others}
for unit in @@UNITS@@; do
  printf '[Service]\nEnvironment="no_proxy=%s" "NO_PROXY=%s"\n' "$unproxied" "$unproxied" | put "@@UNIT_FOLDER@@/$unit.service.d/@@UNIT_FILE@@"
done
put @@PROFILE_FILE@@ <<'END'
no_proxy=@@NO_PROXY@@${no_proxy:+,$no_proxy}
NO_PROXY=$no_proxy
export no_proxy NO_PROXY
END
[ -z "$provider" ] || ip link set "$provider" up
if [ -n "$tunnel" ]; then
  waited=0
  until ip -o -4 address | grep -qF @@TUNNEL_PATTERN@@; do
    [ "$waited" -lt 100 ] || { echo "$tunnel did not get the address @@TUNNEL_IP@@ within 20 s" >&2; exit 1; }
    waited=$((waited + 1))
    sleep 0.2
  done
fi
echo @@SAY_READY@@
