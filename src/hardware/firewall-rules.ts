import { contains, parseAddress, parseCidr } from "../config/ipv4.ts";

// A firewall as far as it decides about a lab's packets, whichever program wrote it.

/** A packet of a lab. */
export interface Packet {
  /** Interfaces that it comes in and goes out by; empty for this machine itself. */
  readonly iif: string;
  readonly oif: string;
  readonly from: string;
  readonly to: string;
  readonly protocol: "tcp" | "udp";
  readonly port: number;
  readonly state: "new" | "established";
}

/**
 * One condition of a rule. `wanted` are names, networks or numbers, one of which the packet must have; an interface may end with `*`.
 * `unknown` is anything that cannot be told here, such as a rate or a mark.
 */
export type Condition =
  | { readonly of: keyof Packet; readonly wanted: readonly string[]; readonly not?: boolean }
  | { readonly of: "unknown" };

export type Verdict =
  | { readonly do: "accept" | "drop" | "return" | "continue" }
  | { readonly do: "jump" | "goto"; readonly chain: string };

export interface Rule {
  readonly when: readonly Condition[];
  readonly verdict: Verdict;
  /** The rule as its program shows it. */
  readonly text: string;
}

export interface Chain {
  readonly name: string;
  /** `forward`, `input` or `output`, and the verdict at the end; absent where other chains jump to it. */
  readonly base?: { readonly hook: string; readonly drops: boolean };
  readonly rules: readonly Rule[];
}

/** The chains that can jump to each other. A packet has to get through the base chains of every table. */
export interface Table {
  /** For people and commands: `table inet filter`, `iptables`. */
  readonly name: string;
  /** The program that changes it. @default nft */
  readonly program: "nft" | "iptables" | "iptables-legacy";
  readonly chains: readonly Chain[];
}

/** Where a packet ends. */
export interface Drop {
  readonly table: Table;
  readonly chain: Chain;
  /** The rule; undefined for the policy of the chain. */
  readonly rule?: Rule;
}

/** Where a packet is dropped on its way through a hook; undefined where it gets through. Rules that cannot be told here are left out. */
export function dropOf(tables: readonly Table[], hook: string, packet: Packet): Drop | undefined {
  for (const table of tables) {
    for (const chain of table.chains) {
      if (chain.base?.hook !== hook) continue;
      const end = walk(table, chain, packet, 0);
      if (end === "end" && chain.base.drops) return { table, chain };
      if (typeof end === "object") return end;
    }
  }
  return undefined;
}

/** Chains that call each other deeper than this are taken for a circle, which the kernel forbids. */
const DEEPEST = 16;

function walk(table: Table, chain: Chain, packet: Packet, depth: number): "accept" | "end" | Drop {
  for (const rule of chain.rules) {
    if (!rule.when.every((condition) => holds(condition, packet))) continue;
    const { verdict } = rule;
    if (!("chain" in verdict)) {
      if (verdict.do === "accept") return "accept";
      if (verdict.do === "drop") return { table, chain, rule };
      if (verdict.do === "return") return "end";
      continue;
    }
    const next = table.chains.find(({ name }) => name === verdict.chain);
    if (next === undefined || depth >= DEEPEST) continue;
    const end = walk(table, next, packet, depth + 1);
    if (end !== "end" || verdict.do === "goto") return end;
  }
  return "end";
}

function holds(condition: Condition, packet: Packet): boolean {
  if (condition.of === "unknown") return false;
  const { of, wanted, not = false } = condition;
  const value = String(packet[of]);
  return wanted.some((one) => matches(of, one, value)) !== not;
}

function matches(of: keyof Packet, wanted: string, value: string): boolean {
  if (of === "iif" || of === "oif") {
    return /[*+]$/.test(wanted) ? value !== "" && value.startsWith(wanted.slice(0, -1)) : wanted === value;
  }
  if (of === "from" || of === "to") {
    const [first = "", last] = wanted.split("-").map(parseAddress);
    const address = parseAddress(value) ?? -1;
    if (typeof first === "number" && last !== undefined) return address >= first && address <= last;
    const network = parseCidr(wanted.includes("/") ? wanted : `${wanted}/32`);
    return network !== undefined && contains(network, address);
  }
  if (of === "port") {
    const [first = "", last = first] = wanted.split(/[-:]/);
    return Number(value) >= Number(first) && Number(value) <= Number(last);
  }
  return wanted.toLowerCase() === value;
}
