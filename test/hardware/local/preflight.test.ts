import { describe, expect, it } from "vitest";
import { parseRoutes, type Seen } from "../../../src/hardware/local/observe.ts";
import { findings } from "../../../src/hardware/local/preflight.ts";
import cases from "../../cases/hardware/preflight.json" with { type: "json" };
import { CONFIG } from "../stack.ts";

const ROOMY: Seen = {
  incusError: null,
  pools: [{ name: "scratchstack", freeBytes: 2 ** 36 }],
  networks: [{ name: "incusbr0", address: "10.9.0.1/24", stack: null }],
  instances: [{ name: "somebody", stack: null }],
  routes: [{ destination: "192.168.1.0/24", device: "eth0" }],
  resolvers: ["192.168.1.1"],
  memoryBytes: 2 ** 35,
  firewall: [],
};

const short = (list: readonly { where: string; found: string }[]) =>
  list.map(({ where, found }) => `${where}: found ${found}`);

describe("preflight", () => {
  it.each(cases)("$case", ({ seen, problems, warnings, expected }) => {
    const result = findings("lab", CONFIG, { ...ROOMY, ...seen } as Seen);
    expect(short(result.problems)).toEqual(problems);
    expect(short(result.warnings)).toEqual(warnings);
    for (const problem of [...result.problems, ...result.warnings]) expect(problem.fix).not.toBe("");
    if (expected !== undefined) {
      for (const problem of result.problems) expect(problem.expected).toContain(expected);
    }
  });

  it("refuses a node whose instance name would be too long", () => {
    const node = "n".repeat(60);
    const result = findings(
      "lab",
      { ...CONFIG, nodes: { [node]: { ...control, roles: ["control"] } } },
      ROOMY,
    );
    expect(short(result.problems)).toEqual([`nodes.${node}: found ${node}`]);
  });
});

const control = { number: 11, memory: "6GiB", cpus: null };

describe("routes", () => {
  it("leaves the default route out and makes a host a /32", () => {
    const json = JSON.stringify([
      { dst: "default", gateway: "10.1.0.1", dev: "eth0" },
      { dst: "10.1.0.0/16", dev: "eth0" },
      { dst: "10.2.3.4", dev: "tun0" },
    ]);
    expect(parseRoutes(json)).toEqual([
      { destination: "10.1.0.0/16", device: "eth0" },
      { destination: "10.2.3.4/32", device: "tun0" },
    ]);
  });

  it("reads no answer as no routes", () => expect(parseRoutes("")).toEqual([]));
});
