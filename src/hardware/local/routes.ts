import { getServers } from "node:dns";
import { readFileSync } from "node:fs";
import { parseAddress } from "../../config/ipv4.ts";

/** Addresses that this machine sends to some interface. */
export interface Route {
  /** e.g. `10.0.0.0/8` */
  readonly destination: string;
  readonly device: string;
}

/**
 * This machine's IPv4 routes, without the default route, and its name servers. Also those of Incus' networks: their bridges have
 * routes while Incus runs.
 */
export function routesHere(): Route[] {
  const servers = getServers().filter((server) => parseAddress(server) !== undefined);
  return [
    ...parseRouteTable(routeTable()),
    ...servers.map((one) => ({ destination: `${one}/32`, device: "" })),
  ];
}

/** Routes in the text of `/proc/net/route`: hexadecimal numbers, the last byte of an address first. */
export function parseRouteTable(text: string): Route[] {
  const lines = text.trim().split("\n").slice(1);
  return lines.flatMap((line) => {
    const [device = "", destination = "", , , , , , mask = ""] = line.split("\t").map((word) => word.trim());
    const prefix = [...Number.parseInt(mask, 16).toString(2)].filter((bit) => bit === "1").length;
    if (prefix === 0) return [];
    const bytes = destination.match(/../g)?.reverse() ?? [];
    const address = bytes.map((byte) => Number.parseInt(byte, 16)).join(".");
    return [{ destination: `${address}/${prefix}`, device }];
  });
}

/** Empty on a machine that has no such file. */
function routeTable(): string {
  try {
    return readFileSync("/proc/net/route", "utf8");
  } catch {
    return "";
  }
}
