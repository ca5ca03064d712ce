import { kindOf } from "../../actions/index.ts";
import { BEFORE, STATE } from "../../actions/shell.ts";
import { programText } from "../../config/program-text.ts";
import { quote } from "../../config/quote.ts";
import { LABS } from "../../curriculum/labs.ts";
import { INTERFACE } from "../interface.ts";
import { unproxied } from "../no-proxy.ts";
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

/** Where services of the lab and sessions are told to reach the lab's nodes without a proxy. */
export const UNPROXIED = {
  UNITS: units().map(quote).join(" "),
  UNIT_FOLDER: "/etc/systemd/system",
  UNIT_FILE: "scratchstack-no-proxy.conf",
  PROFILE_FILE: "/etc/profile.d/scratchstack.sh",
} as const;

/** Ends a line that we put into /etc/hosts. */
export const OURS = "# scratchstack";

/**
 * Shell, as root, that makes a host a node: notes what was there before (once), then name, cards and the packages that steps
 * take for granted. Run again it changes nothing. The management card is left as it is, whoever looks after it.
 */
export function prepareScript(stack: string, config: HostsStack, name: string): string {
  const { addresses, interfaces } = plannedHost(config, name);
  const nodes = Object.keys(config.nodes).map((node) => plannedHost(config, node));
  const prefix = config.hardware.networks.tunnel.cidr.split("/")[1] ?? "";
  return `${programText("hardware/hosts/prepare.sh", {
    BEFORE,
    INTERFACE,
    MARKER,
    STATE,
    STACK: quote(stack),
    NAME: quote(name),
    TUNNEL: quote(interfaces.tunnel),
    PROVIDER: quote(interfaces.provider),
    MANAGEMENT: quote(interfaces.management),
    ...UNPROXIED,
    NO_PROXY: unproxied(config, nodes).join(","),
    HOSTS_LINE: quote(`${addresses.management} ${name} ${OURS}`),
    INSTALL: kindOf(NEEDED).script(NEEDED),
    MANAGEMENT_FILE: FILES.management,
    NETWORKD_FILE: FILES.networkd,
    TUNNEL_FILE: FILES.tunnel,
    PROVIDER_FILE: FILES.provider,
    NETWORK_MANAGER_FILE: FILES.networkManager,
    TUNNEL_ADDRESS: quote(`${addresses.tunnel}/${prefix}`),
    TUNNEL_PATTERN: quote(` ${addresses.tunnel}/`),
    TUNNEL_IP: addresses.tunnel,
    SAY_CALLED: quote(`is called ${name} now`),
    SAY_READY: quote(`is the node ${name}`),
  })}\n`;
}

/** The lab's services, of all labs: without sockets and timers. */
function units(): string[] {
  const actions = Object.values(LABS).flatMap(({ services }) =>
    services.flatMap(({ steps }) => steps.map(({ action }) => action)),
  );
  const names = actions.flatMap((action) => (action.kind === "unit" ? action.units : []));
  return [...new Set(names)].filter((name) => !name.includes(".")).sort();
}
