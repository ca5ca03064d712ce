import { describe, expect, it } from "vitest";
import { firewallProblems } from "../../src/hardware/firewall.ts";
import { iptablesTable } from "../../src/hardware/firewall-iptables.ts";
import { nftTables } from "../../src/hardware/firewall-nft.ts";
import cases from "../cases/hardware/firewall.json" with { type: "json" };

/** A rule as nft lists it: `["iifname ss* accept"]`, spelled out for what nft prints. */
const short = (problems: ReturnType<typeof firewallProblems>) =>
  problems.map(({ found, fix }) => ({ found, fix }));

describe("iptables", () => {
  it.each(cases.iptables)("$case", ({ saved, program = "iptables", problems }) => {
    const table = iptablesTable(saved.join("\n"), program as "iptables");
    expect(short(firewallProblems(table === undefined ? [] : [table], "eth0"))).toEqual(problems);
  });
});

describe("nft", () => {
  it.each(cases.nft)("$case", ({ listed, problems }) => {
    const tables = nftTables(JSON.stringify({ nftables: listed }), false);
    expect(short(firewallProblems(tables, "eth0"))).toEqual(problems);
  });

  it("leaves iptables' own table to iptables, where that is asked", () => {
    const chain = { family: "ip", table: "filter", name: "FORWARD", hook: "forward", policy: "drop" };
    const json = JSON.stringify({ nftables: [{ chain }] });
    expect(nftTables(json, true)).toEqual([]);
    expect(firewallProblems(nftTables(json, false), "eth0")).toHaveLength(1);
  });
});
