import { BEFORE_PACKAGES } from "./checks.ts";
import { brokerConnection, removeNamespaces } from "./neutron-options.ts";
import { reports } from "./oslo.ts";
import { fact } from "./tokens.ts";
import type { Service } from "./types.ts";

/** Routers: namespaces of the network node, with addresses in the networks that they connect. */
export const neutronL3Agent: Service = {
  id: "neutron-l3-agent",
  title: "Neutron's L3 agent",
  module: "002",
  steps: [
    {
      id: "neutron-l3-agent/install-packages",
      title: "Install the L3 agent",
      why: "A Neutron router is a network namespace with rules for address translation. This agent creates the namespaces and rules.",
      role: "network",
      after: ["neutron-openvswitch-agent/install-packages", ...BEFORE_PACKAGES],
      action: { kind: "packages", names: ["neutron-l3-agent"] },
      see: "neutron-l3-agent is installed and does not run yet",
    },
    {
      id: "neutron-l3-agent/configure",
      title: "Configure the L3 agent",
      why: "The agent creates its ports in Open vSwitch. In user space these are pairs of virtual interfaces, because a port of the switch itself cannot move into a namespace.",
      role: "network",
      action: {
        kind: "ini",
        file: "/etc/neutron/l3_agent.ini",
        owner: "root:neutron",
        mode: "0640",
        set: { DEFAULT: { interface_driver: "openvswitch", ovs_use_veth: fact("userspace") } },
      },
      see: "l3_agent.ini says how the agent creates ports",
    },
    {
      id: "neutron-l3-agent/start",
      title: "Start the L3 agent",
      why: "When the agent runs, it asks the RPC server which routers it has to create.",
      role: "network",
      after: [
        "neutron-l3-agent/configure",
        "neutron-openvswitch-agent/configure",
        "neutron/start",
        "openvswitch/create-provider-bridge",
        "base/name-resolution",
        "base/keep-trying",
      ],
      action: {
        kind: "unit",
        units: ["neutron-l3-agent"],
        reports: reports("neutron", ["neutron-l3-agent"]),
        timeout: 180,
        undo: removeNamespaces("qrouter"),
      },
      see: "neutron-l3-agent is active and reports to Neutron",
      checks: [brokerConnection("neutron-l3-agent")],
    },
  ],
};
