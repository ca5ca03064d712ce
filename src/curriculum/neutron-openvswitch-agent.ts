import { BEFORE_PACKAGES } from "./checks.ts";
import { brokerConnection, NEUTRON_COMMON } from "./neutron-options.ts";
import { fact, self } from "./tokens.ts";
import type { Service } from "./types.ts";

const SWITCHING = ["compute", "network"] as const;

/** What turns Neutron's networks into flows of Open vSwitch, on every node that has one. */
export const neutronOpenvswitchAgent: Service = {
  id: "neutron-openvswitch-agent",
  title: "Neutron's Open vSwitch agent",
  module: "002",
  steps: [
    {
      id: "neutron-openvswitch-agent/install-packages",
      title: "Install the Open vSwitch agent",
      why: "Neutron itself moves no packet. On each node an agent tells the switch there which port belongs to which network.",
      role: SWITCHING,
      after: ["openvswitch/install-packages", ...BEFORE_PACKAGES],
      action: { kind: "packages", names: ["neutron-openvswitch-agent"] },
      see: "neutron-openvswitch-agent is installed and does not run yet",
    },
    {
      id: "neutron-openvswitch-agent/configure",
      title: "Tell Neutron's agents the broker",
      why: "Agents have no database: all they know comes over the message broker from the RPC server.",
      role: SWITCHING,
      action: { kind: "ini", file: "/etc/neutron/neutron.conf", set: NEUTRON_COMMON },
      see: "neutron.conf names the broker",
    },
    {
      id: "neutron-openvswitch-agent/configure-switch",
      title: "Configure the Open vSwitch agent",
      why: "It must know the address at which this node's tunnels end, which bridge leads to which physical network (none on a compute node; Debian's default names one, and the agent would not start), and that security groups are flows.",
      role: SWITCHING,
      after: ["neutron-openvswitch-agent/install-packages"],
      action: {
        kind: "ini",
        file: "/etc/neutron/plugins/ml2/openvswitch_agent.ini",
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
      why: "It makes the bridges br-int, which servers are plugged into, and br-tun, from which the tunnels go to the other nodes.",
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
        timeout: 180,
      },
      see: "the agent is active, and there are bridges br-int and br-tun",
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
