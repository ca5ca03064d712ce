import { BEFORE_PACKAGES } from "./checks.ts";
import { brokerConnection, NEUTRON_COMMON } from "./neutron-options.ts";
import { reports } from "./oslo.ts";
import { fact, self } from "./tokens.ts";
import type { Service } from "./types.ts";

const SWITCHING = ["compute", "network"] as const;

/** Turns Neutron's networks into flows of Open vSwitch, on every node with a switch. */
export const neutronOpenvswitchAgent: Service = {
  id: "neutron-openvswitch-agent",
  title: "Neutron's Open vSwitch agent",
  module: "002",
  steps: [
    {
      id: "neutron-openvswitch-agent/install-packages",
      title: "Install the Open vSwitch agent",
      why: "Neutron itself forwards no packets. On each node, an agent tells the switch which port belongs to which network.",
      role: SWITCHING,
      after: ["openvswitch/install-packages", ...BEFORE_PACKAGES],
      action: { kind: "packages", names: ["neutron-openvswitch-agent"] },
      see: "neutron-openvswitch-agent is installed and does not run yet",
    },
    {
      id: "neutron-openvswitch-agent/configure",
      title: "Tell Neutron's agents the broker",
      why: "Agents have no database. They get all their information from the RPC server, over the message broker.",
      role: SWITCHING,
      action: {
        kind: "ini",
        file: "/etc/neutron/neutron.conf",
        owner: "root:neutron",
        mode: "0660",
        set: NEUTRON_COMMON,
      },
      see: "neutron.conf names the broker",
    },
    {
      id: "neutron-openvswitch-agent/configure-switch",
      title: "Configure the Open vSwitch agent",
      why: "The agent needs to know at which address the tunnels of this node end, which bridge leads to which physical network, and that security groups are flows. A compute node has no such bridge: Debian's default names one, and the agent would not start with it.",
      role: SWITCHING,
      after: ["neutron-openvswitch-agent/install-packages"],
      action: {
        kind: "ini",
        file: "/etc/neutron/plugins/ml2/openvswitch_agent.ini",
        owner: "neutron:neutron",
        mode: "0640",
        set: {
          ovs: {
            local_ip: self("tunnel"),
            bridge_mappings: self("bridge_mappings"),
            datapath_type: fact("datapath_type"),
          },
          agent: { tunnel_types: "vxlan" },
          securitygroup: { firewall_driver: "openvswitch", enable_security_group: "true" },
        },
      },
      see: "openvswitch_agent.ini names this node's tunnel address and datapath",
    },
    {
      id: "neutron-openvswitch-agent/start",
      title: "Start the Open vSwitch agent",
      why: "The agent creates two bridges: br-int, where servers are plugged in, and br-tun, where the tunnels to the other nodes start.",
      role: SWITCHING,
      after: [
        "neutron-openvswitch-agent/configure",
        "neutron-openvswitch-agent/configure-switch",
        "openvswitch/place-tunnel-address",
        "openvswitch/create-provider-bridge",
        "neutron/start",
        "base/name-resolution",
        "base/keep-trying",
      ],
      action: {
        kind: "unit",
        units: ["neutron-openvswitch-agent"],
        ready: "ovs-vsctl --timeout=5 br-exists br-int\novs-vsctl --timeout=5 br-exists br-tun",
        reports: reports("neutron", ["neutron-openvswitch-agent"]),
        timeout: 180,
      },
      see: "the agent is active, and the bridges br-int and br-tun exist",
      bridges: [{ name: "br-int" }, { name: "br-tun", network: "tunnel" }],
      checks: [
        brokerConnection("neutron-openvswitch-agent"),
        {
          name: "bridges",
          expect: `br-int and br-tun with datapath ${fact("datapath_type")}`,
          run: `
for bridge in br-int br-tun; do
  type=$(ovs-vsctl --timeout=5 get Bridge "$bridge" datapath_type)
  echo "$bridge: $type"
  [ "$type" = ${fact("datapath_type")} ]
done`.trim(),
        },
      ],
    },
  ],
};
