import { kindOf } from "../../actions/index.ts";
import { quote } from "../../actions/quote.ts";
import { BEFORE, STATE } from "../../actions/shell.ts";
import { INTERFACE } from "../interface.ts";
import type { HostsStack } from "./config.ts";
import { plannedHost } from "./planned-node.ts";

/** On a host that is a node: two lines, the stack and the node that it is. Anybody may read it. */
export const MARKER = `${STATE}/host`;

/** What the steps take for granted of a node, and a small Debian may lack. */
export const NEEDED = {
  kind: "packages",
  names: [
    "python3-minimal",
    "iproute2",
    "iputils-ping",
    "kmod",
    "dbus",
    "ca-certificates",
    "netbase",
    "procps",
    "curl",
  ],
} as const;

/** Files of ours for networkd, behind those of the course (05-, 06-). */
const NETWORKD = "/etc/systemd/network";
export const FILES = {
  management: `${NETWORKD}/00-scratchstack-management.network`,
  tunnel: `${NETWORKD}/07-scratchstack-tunnel.network`,
  provider: `${NETWORKD}/08-scratchstack-provider.network`,
  networkd: "/etc/systemd/networkd.conf.d/scratchstack.conf",
  networkManager: "/etc/NetworkManager/conf.d/scratchstack.conf",
} as const;

/** Ends a line that we put into /etc/hosts. */
export const OURS = "# scratchstack";

/**
 * Shell, as root, that makes a host a node: notes what was there before (once), then name, cards and the packages that steps
 * take for granted. Run again it changes nothing. The management card is left as it is, whoever looks after it.
 */
export function prepareScript(stack: string, config: HostsStack, name: string): string {
  const { addresses, interfaces } = plannedHost(config, name);
  const prefix = config.hardware.networks.tunnel.cidr.split("/")[1] ?? "";
  return `set -eu
export LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive
${INTERFACE}
before=${BEFORE}
tunnel=$(interface ${quote(interfaces.tunnel)})
provider=$(interface ${quote(interfaces.provider)})
management=$(interface ${quote(interfaces.management)})
if [ -e ${MARKER} ] && [ "$(head -n 1 ${MARKER})" != ${quote(stack)} ]; then
  echo "this host is a node of stack $(head -n 1 ${MARKER}); take that down first" >&2
  exit 1
fi
${NOTE}
printf '%s\\n' ${quote(stack)} ${quote(name)} > ${MARKER}
chmod 0644 ${MARKER}
# Until the course writes /etc/hosts: sudo wants to know its own machine.
if ! getent hosts ${quote(name)} > /dev/null; then
  echo ${quote(`${addresses.management} ${name} ${OURS}`)} >> /etc/hosts
fi
if [ "$(hostname)" != ${quote(name)} ] || [ "$(cat /etc/hostname 2> /dev/null)" != ${quote(name)} ]; then
  echo ${quote(name)} > /etc/hostname
  hostname ${quote(name)}
  echo ${quote(`is called ${name} now`)}
fi
(
${kindOf(NEEDED).script(NEEDED)}
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
  printf '[Match]\\nName=%s\\n\\n[Link]\\nRequiredForOnline=no\\n\\n[Network]\\nLinkLocalAddressing=no\\nIPv6AcceptRA=no\\n' "$1"
  [ -z "$2" ] || printf 'ConfigureWithoutCarrier=yes\\nAddress=%s\\n' "$2"
}
if [ -n "$tunnel$provider" ]; then
  if [ "$(cat $before/networkd)" != "active enabled" ]; then
    # Whoever looks after the management card goes on doing so.
    printf '[Match]\\nName=%s\\n\\n[Link]\\nUnmanaged=yes\\n' "$management" | put ${FILES.management}
  fi
  printf '[Network]\\nManageForeignRoutes=no\\nManageForeignRoutingPolicyRules=no\\n' | put ${FILES.networkd}
  [ -z "$tunnel" ] || card "$tunnel" ${quote(`${addresses.tunnel}/${prefix}`)} | put ${FILES.tunnel}
  [ -z "$provider" ] || card "$provider" '' | put ${FILES.provider}
  if systemctl is-active --quiet NetworkManager; then
    printf '[keyfile]\\nunmanaged-devices=interface-name:%s;interface-name:%s\\n' "\${tunnel:-$provider}" "\${provider:-$tunnel}" |
      put ${FILES.networkManager}
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
[ -z "$provider" ] || ip link set "$provider" up
if [ -n "$tunnel" ]; then
  waited=0
  until ip -o -4 address | grep -qF ${quote(` ${addresses.tunnel}/`)}; do
    [ "$waited" -lt 100 ] || { echo "$tunnel did not get the address ${addresses.tunnel} within 20 s" >&2; exit 1; }
    waited=$((waited + 1))
    sleep 0.2
  done
fi
echo ${quote(`is the node ${name}`)}
`;
}

/** What may be in the way of leaving a host as it was, noted once: a second run finds what the first one did. */
const NOTE = `mkdir -p ${STATE}
chmod 0755 ${STATE}
if [ ! -e $before/complete ]; then
  rm -rf $before
  mkdir -m 0700 $before
  dpkg-query -W -f '\${db:Status-Status} \${Package} \${Version}\\n' | sed -n 's/^installed //p' | sort > $before/packages
  cut -d: -f1 /etc/passwd > $before/users
  cut -d: -f1 /etc/group > $before/groups
  find /etc /var/lib /var/log /var/cache /var/spool /usr/local /srv -xdev -maxdepth 4 > $before/entries 2> /dev/null || true
  hostname > $before/hostname
  [ ! -e /etc/hostname ] || cp -p /etc/hostname $before/etc-hostname
  echo "$(systemctl is-active systemd-networkd || true) $(systemctl is-enabled systemd-networkd 2> /dev/null || true)" > $before/networkd
  for card in $tunnel $provider; do
    case $(ip -o link show dev "$card") in *[\\<,]UP[,\\>]*) ;; *) echo "$card" ;; esac
  done > $before/down
  : > $before/complete
fi`;
