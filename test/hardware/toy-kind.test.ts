import { runtime } from "@pulumi/pulumi";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { NOTHING } from "../../src/engine/stack.ts";
import { FORMATS } from "../../src/graph/formats.ts";
import { topologyOf } from "../../src/graph/topology.ts";
import { material } from "../../src/handbook/material.ts";
import { site } from "../../src/handbook/site.ts";
import { checkpointsOf, hardwareOf, imagesOf } from "../../src/hardware/lookup.ts";
import { nodeResources } from "../../src/hardware/resources.ts";
import { parseStackFile } from "../../src/hardware/stack-config.ts";
import { LabStack } from "../../src/program/lab-stack.ts";
import { titleOf } from "../../src/run/translate-events.ts";

/** What the course reads of a node. */
const FACTS = [
  "virt_type",
  "datapath_type",
  "userspace",
  "tunnel_interface",
  "provider_interface",
  "tunnel_device",
];

/** All that another kind of hardware takes besides its folder: its line in the table. */
vi.mock("../../src/hardware/kinds.ts", async (load) => {
  const { KINDS } = await load<typeof import("../../src/hardware/kinds.ts")>();
  const { toy } = await import("./toy/index.ts");
  return { KINDS: { ...KINDS, toy } };
});

const parse = (hardware: string, more = "") =>
  parseStackFile("mine", "mine.yaml", `config:\n  lab: lab002\n  hardware: ${hardware}\n${more}`);
const config = parse("{ kind: toy, shop: north }");

describe("its configuration", () => {
  test("has its keys with their defaults, and what every kind has", () => {
    expect(config.hardware).toMatchObject({ kind: "toy", shop: "north", windUp: false });
    expect(Object.keys(config.hardware.networks)).toEqual(["management", "tunnel", "provider"]);
    expect(config.checkpoints).toBe("none");
  });

  test.each([
    [
      "{ kind: toi, shop: north }",
      'hardware.kind: found "toi", expected one of local, hosts, openstack, toy',
    ],
    ["{ kind: toy }", "hardware.shop: found nothing, expected the name of a shop, e.g. north"],
    [
      "{ kind: toy, shop: north, windup: true }",
      'hardware.windup: found an unknown key, expected one of kind, networks, shop, windUp; did you mean "windUp"?',
    ],
    [
      "{ kind: toy, shop: south, windUp: true }",
      "hardware.windUp: found true, expected false: south does not make these",
    ],
    ["{ kind: hosts, shop: north }", "hardware.shop: found an unknown key"],
  ])("%s is refused", (hardware, complaint) => {
    expect(() => parse(hardware)).toThrow(complaint);
  });

  test("what has no effect on it is refused", () => {
    const more = "  checkpoints: step\n  nodes: { control: { memory: 4GiB } }\n";
    const complaints = [
      'checkpoints: found "step", expected none on hardware of kind toy: its nodes cannot be put back to an earlier moment',
      'nodes.control.memory: found "4GiB", expected no memory on hardware of kind toy: a toy has what it has',
    ];
    for (const complaint of complaints)
      expect(() => parse("{ kind: toy, shop: north }", more)).toThrow(complaint);
  });
});

describe("its resources", () => {
  const made: runtime.MockResourceArgs[] = [];

  beforeAll(async () => {
    const facts = Object.fromEntries(FACTS.map((fact) => [fact, "none"]));
    const stdout = JSON.stringify({ private: "", public: "", ...facts });
    const newResource = (args: runtime.MockResourceArgs) => {
      made.push(args);
      return { id: args.name, state: { ...args.inputs, stdout } };
    };
    await runtime.setMocks({ newResource, call: ({ inputs }) => inputs }, "scratchstack", "mine", true);
    const lab = new LabStack("mine", config, await hardwareOf(config).declaration());
    for (const step of lab.course) lab.declare(step);
    const step = "keystone/install-packages@control";
    await vi.waitUntil(() => made.some(({ name }) => name === step), { timeout: 30_000 });
  });

  test("are those that it declares, by node", () => {
    const own = made.filter(({ name }) => name.startsWith("hardware/"));
    expect(own.map(({ name, inputs }) => [name, inputs.create])).toEqual([
      ["hardware/toy-control", "toy make mine-control --shop north"],
      ["hardware/toy-compute", "toy make mine-compute --shop north"],
      ["hardware/toy-network", "toy make mine-network --shop north"],
    ]);
  });

  test("carry the steps of the course", () => {
    const step = made.find(({ name }) => name === "keystone/install-packages@control");
    const [control] = hardwareOf(config).plannedNodes(config);
    // Marked as a secret.
    expect(step?.inputs.connection.value.host).toBe(control?.addresses.management);
  });

  test("are told of in its words", () => {
    expect(titleOf("hardware/toy-control")).toBe("Wind up control");
    expect(nodeResources("control")).toContain("hardware/toy-control");
  });
});

test("what it cannot do is told, with the kinds that can", () => {
  expect(() => imagesOf(config)).toThrow(
    'found "toy", whose nodes are not made of images of ours; expected local',
  );
  expect(checkpointsOf("toy")).toBeUndefined();
});

describe("its lab", () => {
  test("has a handbook with its nodes", () => {
    const source = { stack: "mine", config, observed: NOTHING, share: false, day: "2025-06-01" };
    const start = site(source, material()).get("index.html");
    for (const { name, addresses } of hardwareOf(config).plannedNodes(config)) {
      expect(start).toContain(name);
      expect(start).toContain(addresses.management);
    }
  });

  test("is drawn with what is around it", async () => {
    const topology = topologyOf({ name: "mine", config });
    expect(topology.neighbours.map(({ title, notes }) => [title, ...notes])).toEqual([
      ["this machine", "runs lab"],
      ["router", "of the shop north"],
    ]);
    expect(topology.nodes[2]?.cards.map(({ device }) => device)).toEqual(["toy0", "toy1", "toy2"]);
    for (const format of Object.values(FORMATS))
      expect((await format())(topology)).toContain("3 toy machines");
  });
});
