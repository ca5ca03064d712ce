import type { NetworkName } from "../../config/networks.ts";
import { quote } from "../../config/quote.ts";
import type { NetworkConfig } from "../../config/schema.ts";
import type { StateMark } from "../state-mark.ts";
import { BY, bridgeNames, OWNER, ownerMark, REACH_INCUS, STATE } from "./names.ts";

/** Incus' settings of a lab's network: every address is set on the nodes, so nothing is handed out. */
export function networkSettings(
  stack: string,
  network: NetworkName,
  config: NetworkConfig,
  mark: StateMark,
): Record<string, string> {
  const prefix = config.cidr.split("/")[1];
  return {
    "ipv4.address": `${config.gateway}/${prefix}`,
    "ipv4.dhcp": "false",
    "ipv4.nat": String(network !== "tunnel"),
    // Without it Incus has the firewall refuse all that is forwarded, and where the kernel shows bridged packets to the
    // firewall (br_netfilter, which Docker switches on) that is also what one node sends to the next.
    "ipv4.routing": "true",
    "ipv6.address": "none",
    ...ownerMark(stack, mark),
  };
}

/** Shell that makes a network as it should be, whether it exists or not. */
export function networkScript(
  stack: string,
  network: NetworkName,
  config: NetworkConfig,
  mark: StateMark,
): string {
  const name = quote(bridgeNames(stack)[network]);
  const settings = Object.entries(networkSettings(stack, network, config, mark))
    .map(([key, value]) => quote(`${key}=${value}`))
    .join(" ");
  return `set -eu
${owner(stack, name, mark)}
case $owner in
  none)
    echo "making the ${network} network ${config.cidr} (bridge ${name})"
    incus network create ${name} ${settings}
    ;;
  ours) incus network set ${name} ${settings} ;;
esac
`;
}

/**
 * Shell that takes a network away, if it is there and this state's. The nodes that the state knows are gone by then; one that
 * was being made when an `up` was killed is in no state, may still be coming, and holds on to the network.
 */
export function networkRemoval(stack: string, network: NetworkName, mark: StateMark): string {
  const name = quote(bridgeNames(stack)[network]);
  return `set -eu
${owner(stack, name, mark)}
[ "$owner" = ours ] || exit 0
# Incus looks at every link while it deletes one, and stumbles over another that goes at that moment.
for try in $(seq 30); do
  for left in $(incus list ${quote(`${OWNER}=${stack}`)} ${STATE}=${mark.id} --format csv --columns n); do
    incus delete --force "$left" && echo "removed $left, which an up that was cut off had left"
  done
  said=$(incus network delete ${name} 2>&1) && exit 0
  sleep 1
done
printf '%s\\n' "$said" >&2
exit 1
`;
}

/** Sets `owner` to `none` or `ours`; ends with an error when the network is somebody else's. */
function owner(stack: string, name: string, mark: StateMark): string {
  return `${REACH_INCUS}
if found=$(incus network get ${name} ${OWNER} 2> /dev/null); then
  if [ "$found" != ${quote(stack)} ]; then
    echo "incus network ${name} was not made by stack ${stack}; remove it or rename the stack" >&2
    exit 1
  fi
  if [ "$(incus network get ${name} ${STATE})" != ${mark.id} ]; then
    by=$(incus network get ${name} ${BY})
    echo "incus network ${name} was not made by this state, but by another one of stack ${stack} (\${by:-not known}): see \`lab preview\`" >&2
    exit 1
  fi
  owner=ours
else
  owner=none
fi`;
}
