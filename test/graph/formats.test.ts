import { describe, expect, it } from "vitest";
import { dot } from "../../src/graph/dot.ts";
import { mermaid } from "../../src/graph/mermaid.ts";
import { topologyOf } from "../../src/graph/topology.ts";
import type { Topology } from "../../src/graph/types.ts";
import { readStackFile } from "../../src/hardware/stack-config.ts";

const lab = topologyOf({ name: "lab002-hosts", config: readStackFile("lab002-hosts") });

describe("DOT", () => {
  const lines = dot(lab).split("\n");

  it("has networks, neighbours, and nodes as clusters", () => {
    expect(lines[0]).toBe('graph "lab002-hosts" {');
    expect(lines).toContain('  subgraph "cluster network" {');
    expect(lines).toContain('  "here" -- "jump-1" [label="SSH"];');
    expect(lines.filter((line) => line.includes('"network tunnel" [shape'))).toHaveLength(1);
  });

  it("leads from servers to networks by way of the bridges", () => {
    expect(lines).toContain('    "network br-int" -- "network br-tun";');
    expect(lines).toContain('    "network br-int" -- "network br-ex";');
    expect(lines).toContain('  "network br-ex" -- "network provider" [label="enp3s0"];');
    expect(lines).toContain('  "network management" -- "control" [label="192.0.2.11 enp1s0"];');
  });

  it("takes texts as they are", () => {
    expect(dot({ ...lab, title: 'a "b" \\' })).toContain('label="Lab002: a \\"b\\" \\\\\\nstack');
  });
});

describe("Mermaid", () => {
  const lines = mermaid(lab).split("\n");

  it("is a flowchart with the same edges", () => {
    expect(lines).toContain("flowchart TB");
    expect(lines).toContain('  br_network_br_ex ---|"enp3s0"| net_provider');
    expect(lines).toContain('  net_management ---|"192.0.2.11 enp1s0"| at_control');
    expect(lines).toContain('  at_here -- "SSH" --- at_jump_1');
  });

  it("draws what is not used, or not there, with dashes", () => {
    const local = topologyOf(
      { name: "lab002-local", config: readStackFile("lab002-local") },
      { nodes: [], done: [] },
    );
    const text = mermaid(local);
    expect(text).toContain('  at_control -.-|"10.181.241.11 eth1"| net_tunnel');
    expect(text).toContain("  class at_control,at_compute,at_network absent");
  });

  it("has no text that would be taken for markup", () => {
    const odd: Topology = {
      ...lab,
      networks: [],
      nodes: [],
      neighbours: lab.neighbours.slice(0, 1),
      links: [],
    };
    const [first] = odd.neighbours;
    if (first === undefined) throw new Error("no neighbour");
    const text = mermaid({ ...odd, neighbours: [{ ...first, title: '<b> "x"', cards: [] }] });
    expect(text).toContain('at_here["#lt;b#gt; #quot;x#quot;<br/>runs lab"]');
  });
});
