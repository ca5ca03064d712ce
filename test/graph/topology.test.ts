import { describe, expect, it } from "vitest";
import { topologyOf } from "../../src/graph/topology.ts";
import type { Node, Topology } from "../../src/graph/types.ts";
import { parseStackFile, readStackFile } from "../../src/hardware/stack-config.ts";
import { plannedSteps } from "../../src/plan/planned-steps.ts";
import { done, node } from "../cli/fake.ts";

const planned = (stack: string): Topology => topologyOf({ name: stack, config: readStackFile(stack) });
const nodeOf = (topology: Topology, id: string): Node => {
  const found = topology.nodes.find((one) => one.id === id);
  if (found === undefined) throw new Error(`no node ${id}`);
  return found;
};
const cards = ({ cards }: Pick<Node, "cards">): string[] =>
  cards.map(({ network, address, used }) => `${network} ${address ?? "-"}${used ? "" : " unused"}`);
const titles = ({ services }: Node): string[] => services.map(({ title }) => title);
const bridges = (one: Node): string[] =>
  one.bridges.map(({ name, network }) => `${name} ${network ?? "inner"}`);

describe("Lab002 on this machine", () => {
  const lab = planned("lab002-local");

  it("has three networks, all used", () => {
    expect(lab.networks.map(({ id, cidr, used }) => `${id} ${cidr} ${used}`)).toEqual([
      "management 10.181.240.0/24 true",
      "tunnel 10.181.241.0/24 true",
      "provider 10.181.242.0/24 true",
    ]);
    expect(lab.networks[2]?.pool).toEqual({ first: "10.181.242.128", last: "10.181.242.254" });
  });

  it("has the nodes' addresses with their host part, the provider's card without", () => {
    const control = nodeOf(lab, "control");
    expect(cards(control)).toEqual([
      "management 10.181.240.11",
      "tunnel 10.181.241.11 unused",
      "provider - unused",
    ]);
    expect(control.cards.map(({ host }) => host)).toEqual([11, 11, null]);
    expect(cards(nodeOf(lab, "compute"))).toEqual([
      ...["management 10.181.240.12", "tunnel 10.181.241.12", "provider - unused"],
    ]);
    expect(cards(nodeOf(lab, "network"))).toEqual([
      "management 10.181.240.13",
      "tunnel 10.181.241.13",
      "provider -",
    ]);
  });

  it("has this machine as everybody's gateway", () => {
    expect(lab.neighbours.map(({ kind }) => kind)).toEqual(["machine"]);
    expect(lab.neighbours.flatMap(cards)).toEqual([
      "management 10.181.240.1",
      "tunnel 10.181.241.1",
      "provider 10.181.242.1",
    ]);
  });

  it("has on each node what the course runs there", () => {
    expect(titles(nodeOf(lab, "control"))).toEqual([
      ...[
        "MariaDB",
        "RabbitMQ",
        "Memcached",
        "Keystone",
        "Placement",
        "Nova",
        "Neutron",
        "Glance",
        "Cinder",
        "Horizon",
      ],
    ]);
    expect(titles(nodeOf(lab, "compute"))).toEqual([
      ...["Nova on the compute nodes", "Open vSwitch", "Neutron's Open vSwitch agent"],
    ]);
    const nova = nodeOf(lab, "control").services.find(({ id }) => id === "nova");
    expect(nova?.units).toContain("nova-scheduler");
    expect(nova?.units, "stopped by the course, then started").toContain("nova-api-metadata");
    expect(nova?.units, "stopped by the course").not.toContain("nova-serialproxy");
  });

  it("has the bridges that the course makes, and none that a fact would have to name", () => {
    expect(bridges(nodeOf(lab, "control"))).toEqual([]);
    expect(bridges(nodeOf(lab, "compute"))).toEqual(["br-int inner", "br-tun tunnel"]);
    expect(bridges(nodeOf(lab, "network"))).toEqual(["br-ex provider", "br-int inner", "br-tun tunnel"]);
  });

  it("tells nothing of what stands", () => {
    expect(lab.nodes.map(({ standing }) => standing)).toEqual([null, null, null]);
    expect(lab.nodes.flatMap(({ services }) => services).every((one) => one.done === null)).toBe(true);
  });
});

describe("Lab001 on this machine", () => {
  const lab = planned("lab001-local");

  it("has the networks of the next lab, not used yet", () => {
    expect(lab.networks.map(({ used, purpose }) => [used, purpose])).toEqual([
      [true, "services talk to each other, SSH"],
      [false, "not used before Lab002"],
      [false, "not used before Lab002"],
    ]);
  });

  it("has a stand-in for the network, and no bridges", () => {
    expect(nodeOf(lab, "control").services.find(({ id }) => id === "no-network")?.units).toEqual([
      "no-network",
    ]);
    expect(lab.nodes.flatMap(bridges)).toEqual([]);
  });
});

describe("what stands", () => {
  const config = readStackFile("lab002-local");
  const facts = { tunnel_interface: "eth1", provider_interface: "eth2" };
  const course = plannedSteps(config);
  const standing = (device: string, ...steps: string[]) =>
    topologyOf(
      { name: "lab002-local", config },
      {
        nodes: [node("control", 11), { ...node("compute", 12), facts: { ...facts, tunnel_device: device } }],
        done: course
          .filter(({ step }) => steps.includes(step.id))
          .map(({ step, node }) => done(step.id, node, 1)),
      },
    );

  it("is told from what does not", () => {
    expect(standing("eth1").nodes.map(({ standing }) => standing)).toEqual([true, true, false]);
  });

  it("has the bridge below the tunnels where packets are moved in user space", () => {
    const compute = (device: string) => bridges(nodeOf(standing(device), "compute"));
    expect(compute("br-vtep")).toEqual(["br-vtep tunnel", "br-int inner", "br-tun tunnel"]);
    expect(compute("eth1")).toEqual(["br-int inner", "br-tun tunnel"]);
  });

  it("says which services and bridges are done", () => {
    const all = course.filter(({ service }) => service === "memcached").map(({ step }) => step.id);
    const half = nodeOf(standing("eth1", ...all.slice(1)), "control");
    const whole = nodeOf(standing("eth1", ...all, "neutron-openvswitch-agent/start"), "control");
    const memcached = ({ services }: Node) => services.find(({ id }) => id === "memcached")?.done;
    expect([memcached(half), memcached(whole)]).toEqual([false, true]);
    const compute = nodeOf(standing("br-vtep", "neutron-openvswitch-agent/start"), "compute");
    expect(compute.bridges.map((bridge) => bridge.done)).toEqual([false, true, true]);
  });

  it("holds no secret", () => {
    expect(JSON.stringify(standing("eth1"))).not.toContain("the private key");
  });
});

describe("hosts", () => {
  const lab = planned("lab002-hosts");

  it("have the cards that they are said to have", () => {
    expect(nodeOf(lab, "control").cards.map(({ device }) => device)).toEqual(["enp1s0"]);
    expect(nodeOf(lab, "network").cards.map(({ device }) => device)).toEqual(["enp1s0", "enp2s0", "enp3s0"]);
    expect(nodeOf(lab, "compute").login).toBe("compute.example.org");
    expect(nodeOf(lab, "control").login).toBeNull();
  });

  it("are reached over the management network, some by way of a jump host", () => {
    expect(lab.neighbours.map(({ kind }) => kind)).toEqual(["machine", "jump", "router"]);
    expect(lab.links).toEqual([{ from: "here", to: "jump-1", label: "SSH" }]);
    expect(lab.neighbours[1]?.notes).toEqual(["SSH to compute goes by way of it"]);
  });

  it("in Lab001 have one network", () => {
    expect(planned("lab001-hosts").networks.map(({ id }) => id)).toEqual(["management"]);
  });

  it("know a jump host elsewhere by its address, once for all that it leads to", () => {
    const key = "hostKey: ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAINbybBHFPaLDLbwY08MQ2MSxWgPHc1mvwl+TzaJ6vIRX";
    const jump = `jump: { address: bastion.example.org, agent: true, ${key} }`;
    const host = `{ address: 192.0.2.11, agent: true, ${key}, interfaces: { management: eth0 }, ${jump} }`;
    const networks = [192, 193, 194].map((first) => `{ cidr: ${first}.0.2.0/24 }`);
    const text = `config:
  scratchstack:lab: lab001
  scratchstack:hardware:
    kind: hosts
    networks: { management: ${networks[0]}, tunnel: ${networks[1]}, provider: ${networks[2]} }
    hosts:
      control: ${host}
      compute: ${host.replace("2.11", "2.12")}
`;
    const { neighbours } = topologyOf({ name: "mine", config: parseStackFile("mine", "mine", text) });
    expect(neighbours.filter(({ kind }) => kind === "jump")).toMatchObject([
      {
        notes: ["bastion.example.org", "SSH to control, compute goes by way of it"],
        cards: [{ address: null }],
      },
    ]);
  });
});

describe("servers of a cloud", () => {
  const lab = planned("lab001-openstack");

  it("have a router to the external network, and a floating address for control", () => {
    expect(lab.networks.map(({ id }) => id)).toEqual(["external", "management", "tunnel", "provider"]);
    const router = lab.neighbours.find(({ kind }) => kind === "router");
    expect(router?.cards.map(({ network }) => network)).toEqual(["external", "management", "provider"]);
    expect(nodeOf(lab, "control").cards[0]).toMatchObject({
      network: "external",
      device: "floating address",
    });
    expect(nodeOf(lab, "compute").cards.map(({ network }) => network)).not.toContain("external");
  });

  it("show the floating address once there is one", () => {
    const control = { ...node("control", 11), connection: { host: "203.0.113.7" } };
    const config = readStackFile("lab001-openstack");
    const built = topologyOf({ name: "lab001-openstack", config }, { nodes: [control], done: [] });
    expect(nodeOf(built, "control").cards[0]?.address).toBe("203.0.113.7");
  });
});
