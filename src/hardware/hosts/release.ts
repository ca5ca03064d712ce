import { kindOf } from "../../actions/index.ts";
import { BEFORE, STATE } from "../../actions/shell.ts";
import { programText } from "../../config/program-text.ts";
import { quote } from "../../config/quote.ts";
import { INTERFACE } from "../interface.ts";
import type { HostsStack } from "./config.ts";
import { CUT_OFF, LEFTOVERS } from "./leftovers.ts";
import { plannedHost } from "./planned-node.ts";
import { FILES, MARKER, NEEDED, OURS, UNPROXIED } from "./prepare.ts";

/** What else a step may have brought that is no step of packages. */
const BROUGHT = { ...NEEDED, names: [...NEEDED.names, "systemd-timesyncd"] } as const;

/**
 * Shell, as root, that gives a host back once all steps are undone: cards, name and packages as they were noted, and what
 * services leave behind after their packages are gone. It names what stays. Run again it does nothing.
 */
export function releaseScript(config: HostsStack, name: string): string {
  const { interfaces, addresses } = plannedHost(config, name);
  return `${programText("hardware/hosts/release.sh", {
    BEFORE,
    CUT_OFF,
    INTERFACE,
    LEFTOVERS,
    MARKER,
    STATE,
    TUNNEL: quote(interfaces.tunnel),
    PROVIDER: quote(interfaces.provider),
    ...UNPROXIED,
    REMOVE: kindOf(BROUGHT).undo(BROUGHT),
    MANAGEMENT_FILE: FILES.management,
    NETWORKD_FILE: FILES.networkd,
    TUNNEL_FILE: FILES.tunnel,
    PROVIDER_FILE: FILES.provider,
    NETWORK_MANAGER_FILE: FILES.networkManager,
    TUNNEL_PATTERN: quote(` ${addresses.tunnel}/`),
    HOSTS_EXPRESSION: quote(`/ ${OURS}$/d`),
  })}\n`;
}
