import type { Chain, Condition, Packet, Rule, Table, Verdict } from "./firewall-rules.ts";

/** What `nft -j list ruleset` printed, as far as it is read here. */
interface Listed {
  readonly chain?: {
    readonly family: string;
    readonly table: string;
    readonly name: string;
    readonly hook?: string;
    readonly policy?: string;
  };
  readonly rule?: {
    readonly family: string;
    readonly table: string;
    readonly chain: string;
    readonly handle: number;
    readonly expr: readonly Expression[];
  };
  readonly set?: {
    readonly family: string;
    readonly table: string;
    readonly name: string;
    readonly elem?: readonly unknown[];
  };
}

type Expression = Readonly<Record<string, unknown>>;

/** Families whose chains see the packets of a lab's networks. */
const FAMILIES: readonly string[] = ["ip", "inet"];

/**
 * The tables in what `nft -j list ruleset` printed.
 * @param iptables whether `iptables-save` is asked too: the table that it keeps in nft is its own then
 */
export function nftTables(json: string, iptables: boolean): Table[] {
  const { nftables } = JSON.parse(json) as { nftables: readonly Listed[] };
  const names = new Map<string, Chain[]>();
  const sets = new Map<string, readonly unknown[]>(
    nftables.flatMap(({ set }) =>
      set === undefined ? [] : [[`${set.family} ${set.table} @${set.name}`, set.elem ?? []] as const],
    ),
  );
  for (const { chain } of nftables) {
    if (chain === undefined || !FAMILIES.includes(chain.family)) continue;
    const table = `${chain.family} ${chain.table}`;
    if (iptables && table === "ip filter") continue;
    const rules = nftables.flatMap(({ rule }): Rule[] => {
      if (rule === undefined || rule.chain !== chain.name || `${rule.family} ${rule.table}` !== table)
        return [];
      return rulesOf(rule.expr, (name) => sets.get(`${table} ${name}`) ?? [], `handle ${rule.handle}`);
    });
    const base =
      chain.hook === undefined ? {} : { base: { hook: chain.hook, drops: chain.policy === "drop" } };
    names.set(table, [...(names.get(table) ?? []), { name: chain.name, rules, ...base }]);
  }
  return [...names].map(([name, chains]) => ({ name: `table ${name}`, program: "nft", chains }));
}

type Sets = (name: string) => readonly unknown[];

/** One rule; with a verdict map one for each of its entries. */
function rulesOf(expressions: readonly Expression[], sets: Sets, handle: string): Rule[] {
  const when = expressions.flatMap((one) => conditionOf(one, sets));
  const words = expressions.map((one) => Object.keys(one)[0] ?? "");
  for (const one of expressions) {
    const verdict = verdictOf(one);
    if (verdict !== undefined) return [{ when, verdict, text: `${verdict.do} (${handle})` }];
    if (one.vmap !== undefined) return mapped(one.vmap as Vmap, when, sets, handle);
  }
  return [{ when, verdict: { do: "continue" }, text: `${words.join(" ")} (${handle})` }];
}

interface Vmap {
  readonly key: Expression;
  readonly data: { readonly set?: readonly (readonly [unknown, Expression])[] } | string;
}

function mapped({ key, data }: Vmap, when: readonly Condition[], sets: Sets, handle: string): Rule[] {
  const pairs = (typeof data === "string" ? sets(data) : (data.set ?? [])) as readonly (readonly [
    unknown,
    Expression,
  ])[];
  return pairs.flatMap(([value, then]): Rule[] => {
    const verdict = verdictOf(then);
    if (verdict === undefined) return [];
    const own = conditionOf({ match: { op: "==", left: key, right: value } }, sets);
    return [{ when: [...when, ...own], verdict, text: `${verdict.do} (${handle})` }];
  });
}

function verdictOf(one: Expression): Verdict | undefined {
  if ("accept" in one) return { do: "accept" };
  if ("drop" in one || "reject" in one) return { do: "drop" };
  if ("return" in one) return { do: "return" };
  for (const way of ["jump", "goto"] as const) {
    if (way in one) return { do: way, chain: (one[way] as { target: string }).target };
  }
  const { type, name } = (one.xt ?? {}) as { type?: string; name?: string };
  return type === "target" && name === "REJECT" ? { do: "drop" } : undefined;
}

/** Expressions that say nothing about a packet. */
const SILENT: readonly string[] = [
  "counter",
  "log",
  "comment",
  "notrack",
  "mangle",
  "accept",
  "drop",
  "reject",
  "return",
  "jump",
  "goto",
  "vmap",
];

function conditionOf(one: Expression, sets: Sets): Condition[] {
  const [kind = ""] = Object.keys(one);
  if (SILENT.includes(kind)) return [];
  if (kind === "xt" && (one.xt as { type?: string } | null)?.type === "target") return [];
  if (kind !== "match") return [{ of: "unknown" }];
  const { op, left, right } = one.match as { op: string; left: Expression; right: unknown };
  const of = subjectOf(left);
  if (of === "ip") {
    const isIPv4 = valuesOf(right, sets).some((value) => IPV4.includes(value));
    return isIPv4 === (op !== "!=") ? [] : [{ of: "unknown" }];
  }
  if (of === undefined) return [{ of: "unknown" }];
  return [{ of, wanted: valuesOf(right, sets), not: op === "!=" }];
}

/** What of a packet is compared; `ip` for what holds for every packet of a lab: that it is IPv4. */
function subjectOf(left: Expression): keyof Packet | "ip" | undefined {
  const { meta, payload, ct } = left as {
    meta?: { key: string };
    payload?: { protocol?: string; field?: string };
    ct?: { key: string };
  };
  if (meta !== undefined) return META[meta.key];
  if (ct?.key === "state") return "state";
  if (payload?.protocol === "ip") return IP[payload.field ?? ""];
  if (payload?.field === "dport") return "port";
  return undefined;
}

const IPV4: readonly string[] = ["ip", "ipv4", "4"];
const META: Readonly<Record<string, keyof Packet | "ip">> = {
  iifname: "iif",
  iif: "iif",
  oifname: "oif",
  oif: "oif",
  l4proto: "protocol",
  nfproto: "ip",
  protocol: "ip",
};
const IP: Readonly<Record<string, keyof Packet | "ip">> = {
  saddr: "from",
  daddr: "to",
  protocol: "protocol",
  version: "ip",
};

function valuesOf(right: unknown, sets: Sets): string[] {
  if (typeof right === "string" && right.startsWith("@"))
    return sets(right).flatMap((one) => valuesOf(one, sets));
  if (Array.isArray(right)) return right.flatMap((one) => valuesOf(one, sets));
  if (typeof right !== "object" || right === null) return [String(right)];
  const { set, prefix, range, elem } = right as {
    set?: readonly unknown[];
    prefix?: { addr: string; len: number };
    range?: readonly [unknown, unknown];
    elem?: { val: unknown };
  };
  if (set !== undefined) return valuesOf(set, sets);
  if (prefix !== undefined) return [`${prefix.addr}/${prefix.len}`];
  if (range !== undefined) return [range.join("-")];
  return elem === undefined ? [] : valuesOf(elem.val, sets);
}
