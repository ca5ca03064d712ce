import { execFile } from "node:child_process";
import { getServers } from "node:dns";
import { readFile } from "node:fs/promises";
import { promisify } from "node:util";
import { firewallProblems, readFirewall } from "../firewall.ts";
import type { Problem } from "../types.ts";
import { OWNER } from "./names.ts";

const run = promisify(execFile);

/** What preflight reads of this machine. */
export interface Seen {
  /** Why Incus cannot be reached; null when it can. */
  readonly incusError: string | null;
  readonly pools: readonly { readonly name: string; readonly freeBytes: number | null }[];
  /** Incus' networks, also those that it does not manage. `stack` is the one that made it. */
  readonly networks: readonly {
    readonly name: string;
    readonly address: string;
    readonly stack: string | null;
  }[];
  readonly instances: readonly { readonly name: string; readonly stack: string | null }[];
  /** This machine's routes without the default route, e.g. `10.0.0.0/8`. */
  readonly routes: readonly { readonly destination: string; readonly device: string }[];
  readonly resolvers: readonly string[];
  readonly memoryBytes: number;
  /** What the firewall drops of what a lab needs. */
  readonly firewall: readonly Problem[];
}

interface Named {
  readonly name: string;
  readonly config?: Readonly<Record<string, string>> | null;
}

/** Reads this machine, changes nothing. @param pool storage pool whose free space is wanted */
export async function observe(pool: string): Promise<Seen> {
  const [incus, routes, memory, { tables, out }] = await Promise.all([
    observeIncus(pool),
    run("ip", ["-j", "-4", "route", "show"]).then(({ stdout }) => parseRoutes(stdout)),
    readFile("/proc/meminfo", "utf8"),
    readFirewall(),
  ]);
  const memoryBytes = Number(/^MemTotal:\s+(\d+)/.exec(memory)?.[1] ?? 0) * 1024;
  return { ...incus, routes, resolvers: getServers(), memoryBytes, firewall: firewallProblems(tables, out) };
}

async function observeIncus(
  pool: string,
): Promise<Pick<Seen, "incusError" | "pools" | "networks" | "instances">> {
  try {
    const [pools, networks, instances] = await Promise.all([
      query("/1.0/storage-pools?recursion=1"),
      query("/1.0/networks?recursion=1"),
      query("/1.0/instances?recursion=1"),
    ]);
    const freeBytes = pools.some(({ name }) => name === pool) ? await freeSpace(pool) : null;
    return {
      incusError: null,
      pools: pools.map(({ name }) => ({ name, freeBytes: name === pool ? freeBytes : null })),
      networks: networks.map((item) => ({
        name: item.name,
        address: item.config?.["ipv4.address"] ?? "none",
        stack: item.config?.[OWNER] ?? null,
      })),
      instances: instances.map((item) => ({ name: item.name, stack: item.config?.[OWNER] ?? null })),
    };
  } catch (error) {
    const said = (error as { stderr?: string }).stderr?.trim() || (error as Error).message;
    return { incusError: said, pools: [], networks: [], instances: [] };
  }
}

async function query(path: string): Promise<Named[]> {
  const { stdout } = await run("incus", ["query", path], { maxBuffer: 64 * 2 ** 20 });
  return JSON.parse(stdout) as Named[];
}

async function freeSpace(pool: string): Promise<number | null> {
  const { stdout } = await run("incus", ["query", `/1.0/storage-pools/${pool}/resources`]);
  const { space } = JSON.parse(stdout) as { space?: { total?: number; used?: number } };
  return space?.total === undefined ? null : space.total - (space.used ?? 0);
}

/** Destinations in what `ip -j route` printed; a single host becomes a /32. */
export function parseRoutes(json: string): { destination: string; device: string }[] {
  const routes = JSON.parse(json || "[]") as { dst: string; dev?: string }[];
  return routes
    .filter(({ dst }) => dst !== "default")
    .map(({ dst, dev }) => ({ destination: dst.includes("/") ? dst : `${dst}/32`, device: dev ?? "" }));
}
