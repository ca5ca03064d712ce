import { readFile } from "node:fs/promises";
import { quote } from "../config/quote.ts";
import { runLocal } from "../transport/local.ts";
import { iptablesTable } from "./firewall-iptables.ts";
import { nftTables } from "./firewall-nft.ts";
import { type Drop, dropOf, type Packet, type Table } from "./firewall-rules.ts";
import type { Problem } from "./types.ts";

/** Names of the bridges of all labs, as nft and iptables match them. */
const BRIDGES = { nft: "ss*", iptables: "ss+" };

/** What has to get through the firewall of this machine. */
interface Way {
  readonly hook: string;
  readonly says: string;
  readonly packet: Packet;
}

const BRIDGE = "ss000000-mgmt";
const NODE = "10.181.240.11";
const GATEWAY = "10.181.240.1";
const OUTSIDE = "192.0.2.1";

/** @param out interface of this machine's default route */
const ways = (out: string): Way[] => {
  const base = {
    iif: "",
    oif: "",
    from: NODE,
    to: OUTSIDE,
    protocol: "tcp",
    port: 443,
    state: "new",
  } as const;
  return [
    { hook: "forward", says: "what nodes send outside", packet: { ...base, iif: BRIDGE, oif: out } },
    {
      hook: "forward",
      says: "what answers nodes from outside",
      packet: { ...base, iif: out, oif: BRIDGE, from: OUTSIDE, to: NODE, port: 40000, state: "established" },
    },
    {
      hook: "input",
      says: "what nodes ask this machine's resolver",
      packet: { ...base, iif: BRIDGE, to: GATEWAY, protocol: "udp", port: 53 },
    },
    {
      hook: "input",
      says: "what nodes answer this machine over SSH",
      packet: { ...base, iif: BRIDGE, to: GATEWAY, port: 40000, state: "established" },
    },
    {
      hook: "output",
      says: "what this machine sends nodes over SSH",
      packet: { ...base, oif: BRIDGE, from: GATEWAY, to: NODE, port: 22 },
    },
  ];
};

/** What the firewall of this machine drops of what a lab needs, a problem for each rule. Pure. @param out see `ways` */
export function firewallProblems(tables: readonly Table[], out: string): Problem[] {
  const byPlace = new Map<string, { drop: Drop; hook: string; says: string[] }>();
  for (const { hook, says, packet } of ways(out)) {
    const drop = dropOf(tables, hook, packet);
    if (drop === undefined) continue;
    const place = placeOf(drop);
    byPlace.set(place, { drop, hook, says: [...(byPlace.get(place)?.says ?? []), says] });
  }
  return [...byPlace].map(([place, { drop, hook, says }]) => ({
    where: "firewall",
    found: `${place}, which drops ${says.join(" and ")}`,
    expected: `that this machine's firewall lets the bridges of labs through (${BRIDGES.nft})`,
    fix: fixOf(drop, hook),
  }));
}

function placeOf({ table, chain, rule }: Drop): string {
  const what = rule === undefined ? "policy drop" : `the rule ${rule.text}`;
  return `${what} in chain ${chain.name} of ${table.name}`;
}

/** The commands that let the bridges through, as the program would have it that looks after this firewall. */
function fixOf({ table, chain }: Drop, hook: string): string {
  const has = (name: string): boolean => table.chains.some((one) => one.name === name);
  if (table.name.endsWith(" firewalld"))
    return `firewall-cmd --permanent --zone=trusted --add-interface=${quote(BRIDGES.iptables)} && firewall-cmd --reload`;
  if (has("ufw-before-forward")) return UFW[hook] ?? "";
  if (table.program === "nft") {
    const insert = (match: string): string =>
      `nft insert rule ${table.name.replace("table ", "")} ${chain.name} ${match} ${quote(BRIDGES.nft)} accept`;
    return `${directions(hook, "iifname", "oifname").map(insert).join("; ")}. To keep it over a restart, add it to the file that makes this table, e.g. /etc/nftables.conf`;
  }
  // Docker puts its own rules back at every start, and leaves this chain to others.
  const to = hook === "forward" ? (has("DOCKER-USER") ? "DOCKER-USER" : "FORWARD") : hook.toUpperCase();
  return directions(hook, "-i", "-o")
    .map((way) => `${table.program} -I ${to} ${way} ${BRIDGES.iptables} -j ACCEPT`)
    .join("; ");
}

const UFW: Readonly<Record<string, string>> = {
  forward: `ufw route allow in on ${BRIDGES.iptables}; ufw route allow out on ${BRIDGES.iptables}`,
  input: `ufw allow in on ${BRIDGES.iptables}`,
  output: `ufw allow out on ${BRIDGES.iptables}`,
};

const directions = (hook: string, incoming: string, outgoing: string): string[] => [
  ...(hook === "output" ? [] : [incoming]),
  ...(hook === "input" ? [] : [outgoing]),
];

/** What was read of this machine's firewall. */
export interface Firewall {
  readonly tables: readonly Table[];
  /** Interface of the default route. */
  readonly out: string;
  /** Nobody but root may look at it, and this user may not become root without a password. */
  readonly hidden: boolean;
}

/** Reads the firewall of this machine: what nft has, and both kinds of iptables. Changes nothing, and asks for no password. */
export async function readFirewall(): Promise<Firewall> {
  const [nft, iptables, legacy, out] = await Promise.all([
    asRoot("nft -j list ruleset"),
    asRoot("iptables-nft-save -t filter"),
    legacyRules(),
    runLocal({ command: "ip -o -4 route show default" }),
  ]);
  const chains = iptablesTable(iptables ?? "", "iptables");
  const tables = [
    ...(nft === undefined ? [] : nftTables(nft, chains !== undefined)),
    ...[chains, iptablesTable(legacy ?? "", "iptables-legacy")].flatMap((table) => table ?? []),
  ];
  const hidden = nft === undefined && tables.length === 0 && process.getuid?.() !== 0;
  return { tables, out: / dev (\S+)/.exec(out.stdout)?.[1] ?? "eth0", hidden };
}

/** The old iptables keeps its rules elsewhere. It is not asked where it has none: that would load its modules. */
async function legacyRules(): Promise<string | undefined> {
  const tables = await readFile("/proc/net/ip_tables_names", "utf8").catch(() => "");
  if (!tables.split("\n").includes("filter")) return undefined;
  return (await asRoot("iptables-legacy-save -t filter")) ?? (await asRoot("iptables-save -t filter"));
}

/** What a program of root printed; undefined where there is no such program, or no way to be root. */
async function asRoot(command: string): Promise<string | undefined> {
  const sudo = process.getuid?.() === 0 ? "" : "sudo -n ";
  const path = "PATH=$PATH:/usr/sbin:/sbin";
  const { code, stdout } = await runLocal({ command: `${path}; export PATH; timeout 10 ${sudo}${command}` });
  return code === 0 ? stdout : undefined;
}
