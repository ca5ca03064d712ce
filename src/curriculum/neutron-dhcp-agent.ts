import { BEFORE_PACKAGES } from "./checks.ts";
import { brokerConnection, removeNamespaces } from "./neutron-options.ts";
import { reports } from "./oslo.ts";
import { fact } from "./tokens.ts";
import type { Service } from "./types.ts";

/** Addresses for servers: a dnsmasq for each network, in a namespace of its own. */
export const neutronDhcpAgent: Service = {
  id: "neutron-dhcp-agent",
  title: "Neutron's DHCP agent",
  module: "002",
  steps: [
    {
      id: "neutron-dhcp-agent/install-packages",
      title: "Install the DHCP agent",
      why: "A server asks for its address by DHCP, as any machine does. The agent runs one dnsmasq for each network and gives it the list of addresses.",
      role: "network",
      after: ["neutron-openvswitch-agent/install-packages", ...BEFORE_PACKAGES],
      action: { kind: "packages", names: ["neutron-dhcp-agent"] },
      see: "neutron-dhcp-agent is installed and does not run yet",
    },
    {
      id: "neutron-dhcp-agent/configure",
      title: "Configure the DHCP agent",
      why: "The agent creates its ports in Open vSwitch, like the ports of routers.",
      role: "network",
      action: {
        kind: "ini",
        file: "/etc/neutron/dhcp_agent.ini",
        owner: "root:neutron",
        mode: "0640",
        set: { DEFAULT: { interface_driver: "openvswitch", ovs_use_veth: fact("userspace") } },
      },
      see: "dhcp_agent.ini says how the agent creates ports",
    },
    {
      id: "neutron-dhcp-agent/start",
      title: "Start the DHCP agent",
      why: "The agent serves each subnet as soon as it exists.",
      role: "network",
      after: [
        "neutron-dhcp-agent/configure",
        "neutron-openvswitch-agent/configure",
        "neutron/start",
        "openvswitch/choose-datapath",
        "base/name-resolution",
        "base/keep-trying",
      ],
      action: {
        kind: "unit",
        units: ["neutron-dhcp-agent"],
        reports: reports("neutron", ["neutron-dhcp-agent"]),
        timeout: 180,
        undo: removeNamespaces("qdhcp"),
      },
      see: "neutron-dhcp-agent is active and reports to Neutron",
      checks: [brokerConnection("neutron-dhcp-agent")],
    },
  ],
};
