import { kindOf } from "../../actions/index.ts";
import { quote } from "../../actions/quote.ts";
import { BEFORE, STATE } from "../../actions/shell.ts";
import { INTERFACE } from "../interface.ts";
import type { HostsStack } from "./config.ts";
import { CUT_OFF, LEFTOVERS } from "./leftovers.ts";
import { plannedHost } from "./planned-node.ts";
import { FILES, MARKER, NEEDED, OURS } from "./prepare.ts";

/** What else a step may have brought that is no step of packages. */
const BROUGHT = { ...NEEDED, names: [...NEEDED.names, "systemd-timesyncd"] } as const;

/**
 * Shell, as root, that gives a host back once all steps are undone: cards, name and packages as they were noted, and what
 * services leave behind after their packages are gone. It names what stays. Run again it does nothing.
 */
export function releaseScript(config: HostsStack, name: string): string {
  const { interfaces, addresses } = plannedHost(config, name);
  return `set -eu
export LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive
${INTERFACE}
before=${BEFORE}
if [ ! -e $before/complete ]; then
  rm -f ${MARKER}
  echo "this host is no node"
  exit 0
fi
tunnel=$(interface ${quote(interfaces.tunnel)})
provider=$(interface ${quote(interfaces.provider)})
(
${kindOf(BROUGHT).undo(BROUGHT)}
)
${CUT_OFF}
rm -f ${FILES.management} ${FILES.tunnel} ${FILES.provider} ${FILES.networkd} ${FILES.networkManager}
if [ "$(cat $before/networkd)" = "active enabled" ]; then
  networkctl reload
else
  case $(cat $before/networkd) in *enabled) ;; *) systemctl disable --quiet systemd-networkd ;; esac
  case $(cat $before/networkd) in active*) ;; *) systemctl stop systemd-networkd.socket systemd-networkd ;; esac
fi
if systemctl is-active --quiet NetworkManager; then systemctl reload NetworkManager; fi
for card in $tunnel $provider; do
  if ip -o -4 address show dev "$card" | grep -qF ${quote(` ${addresses.tunnel}/`)}; then ip -4 address flush dev "$card"; fi
  ! grep -qx "$card" $before/down || ip link set "$card" down
done
sed -i ${quote(`/ ${OURS}$/d`)} /etc/hosts
if [ -e $before/etc-hostname ]; then cp -p $before/etc-hostname /etc/hostname; else rm -f /etc/hostname; fi
hostname "$(cat $before/hostname)"
systemctl daemon-reload
${LEFTOVERS}
rm -rf ${STATE}
echo "was given back"
`;
}
