import type { NetworkName } from "../../config/networks.ts";
import type { Addresses } from "../planned-node.ts";
import type { LocalStack } from "./config.ts";
import { INTERFACES } from "./names.ts";

/** Files that make one node differ from the next, put in before its first boot: path → text. None is secret. */
export function nodeFiles(config: LocalStack, node: string, addresses: Addresses): Record<string, string> {
  const { management, tunnel } = config.hardware.networks;
  return {
    "/etc/hostname": `${node}\n`,
    // This machine answers, with whatever resolver it uses itself.
    "/etc/resolv.conf": `nameserver ${management.gateway}\n`,
    "/etc/systemd/network/10-management.network": networkFile("management", [
      `Address=${addresses.management}/${prefix(management.cidr)}`,
      `Gateway=${management.gateway}`,
    ]),
    "/etc/systemd/network/20-tunnel.network": networkFile("tunnel", [
      `Address=${addresses.tunnel}/${prefix(tunnel.cidr)}`,
    ]),
    // Up, without an address: it belongs to Open vSwitch later.
    "/etc/systemd/network/30-provider.network": networkFile("provider", []),
  };
}

const prefix = (cidr: string): string => cidr.split("/")[1] ?? "";

function networkFile(network: NetworkName, lines: readonly string[]): string {
  const required = network === "management" ? "yes" : "no";
  return [
    "[Match]",
    `Name=${INTERFACES[network]}`,
    "",
    "[Link]",
    `RequiredForOnline=${required}`,
    "",
    "[Network]",
    "LinkLocalAddressing=no",
    "IPv6AcceptRA=no",
    ...lines,
    "",
  ].join("\n");
}
