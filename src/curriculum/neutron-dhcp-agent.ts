import { BEFORE_PACKAGES } from "./checks.ts";
import { brokerConnection } from "./neutron-options.ts";
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
      why: "A server asks for its address by DHCP, as any machine does. The agent runs a dnsmasq for each network and tells it who may have which address.",
      role: "network",
      after: ["neutron-openvswitch-agent/install-packages", ...BEFORE_PACKAGES],
      action: { kind: "packages", names: ["neutron-dhcp-agent"] },
      see: "neutron-dhcp-agent is installed and does not run yet",
    },
    {
      id: "neutron-dhcp-agent/configure",
      title: "Configure the DHCP agent",
      why: "Its ports are made in Open vSwitch, like those of routers.",
      role: "network",
      action: {
        kind: "ini",
        file: "/etc/neutron/dhcp_agent.ini",
        set: { DEFAULT: { interface_driver: "openvswitch", ovs_use_veth: fact("userspace") } },
      },
      see: "dhcp_agent.ini says how ports are made",
    },
    {
      id: "neutron-dhcp-agent/start",
      title: "Start the DHCP agent",
      why: "As soon as there is a subnet, it serves it.",
      role: "network",
      after: [
        "neutron-dhcp-agent/configure",
        "neutron-openvswitch-agent/configure",
        "neutron/start",
        "openvswitch/choose-datapath",
        "base/name-resolution",
        "base/keep-trying",
      ],
      action: { kind: "unit", units: ["neutron-dhcp-agent"], timeout: 180 },
      see: "neutron-dhcp-agent is active",
      checks: [brokerConnection("neutron-dhcp-agent")],
    },
  ],
};
