import { PHYSICAL_NETWORK } from "./neutron-options.ts";
import { lab } from "./tokens.ts";
import type { Service } from "./types.ts";

/** All agents, and whether each has reported lately. An agent reports every 30 seconds. */
const AGENTS = `mariadb --batch --skip-column-names --execute="SELECT CONCAT(\\\`binary\\\`, ' ', host, ' ',
  IF(TIMESTAMPDIFF(SECOND, heartbeat_timestamp, UTC_TIMESTAMP()) >= 75, 'silent', IF(admin_state_up, 'alive', 'disabled'))) FROM neutron.agents ORDER BY 1"`;

const KINDS = [
  "neutron-dhcp-agent",
  "neutron-l3-agent",
  "neutron-metadata-agent",
  "neutron-openvswitch-agent",
];

const ALL_ALIVE = `
list=$(${AGENTS})
echo "$list" | tr '\\n' ';'
for kind in ${KINDS.join(" ")}; do
  case $list in *"$kind "*) ;; *) echo "no $kind has reported"; exit 1 ;; esac
done
for host in $(echo "$list" | cut -d' ' -f2 | sort -u); do
  case " ${lab("nodes")} " in *" $host "*) ;; *) echo "there is an agent of $host, which is no node of this lab"; exit 1 ;; esac
done
if echo "$list" | grep -E ' (silent|disabled)$'; then exit 1; fi
# A router's or DHCP's port is plugged in by the Open vSwitch agent beside it.
for host in $(echo "$list" | sed -nE 's/^neutron-(l3|dhcp)-agent ([^ ]*) alive$/\\2/p'); do
  echo "$list" | grep -qx "neutron-openvswitch-agent $host alive" || { echo "no neutron-openvswitch-agent on $host"; exit 1; }
done`.trim();

/**
 * Shell that removes the agents of nodes that the lab no longer has, and gives what they had to the agents there are. Neutron would take
 * them for silent for ever.
 */
const FORGET_AGENTS = `
export OS_CLOUD=admin
list=$(${AGENTS})
for host in $(echo "$list" | cut -d' ' -f2 | sort -u); do
  case " ${lab("nodes")} " in *" $host "*) continue ;; esac
  for agent in $(timeout 60 openstack network agent list --host "$host" -f value -c ID); do
    routers=$(timeout 60 openstack router list --agent "$agent" -f value -c ID || true)
    networks=$(timeout 60 openstack network list --agent "$agent" -f value -c ID || true)
    echo "removing agent $agent of $host, which is no node of this lab"
    timeout 60 openstack network agent delete "$agent"
    for router in $routers; do
      l3=$(timeout 60 openstack network agent list --agent-type l3 -f value -c ID -c Host | grep -vE " $host$" | head -n 1 | cut -d" " -f1)
      [ -z "$l3" ] || timeout 60 openstack network agent add router --l3 "$l3" "$router"
    done
    for network in $networks; do
      dhcp=$(timeout 60 openstack network agent list --agent-type dhcp -f value -c ID -c Host | grep -vE " $host$" | head -n 1 | cut -d" " -f1)
      [ -z "$dhcp" ] || timeout 60 openstack network agent add network --dhcp "$dhcp" "$network"
    done
  done
done`.trim();

/** Shell that enables the agents that somebody disabled: Neutron gives them nothing to do. */
const ENABLE_AGENTS = `
for agent in $(mariadb --batch --skip-column-names --execute='SELECT id FROM neutron.agents WHERE admin_state_up = 0'); do
  echo "enabling agent $agent"
  OS_CLOUD=admin openstack network agent set --enable "$agent"
done`.trim();

/** The first networks: one that leads outside, one of a tenant, and a router between them. */
export const firstNetwork: Service = {
  id: "first-network",
  title: "The first networks",
  module: "002",
  steps: [
    {
      id: "first-network/see-agents",
      title: "See that all agents report",
      why: "Neutron assigns a network, router or port to an agent when you create it. It does not use agents that have not reported.",
      role: "control",
      // Not the agent of the compute nodes, which are ready later. The step that boots a server waits for it.
      after: [
        "neutron/start",
        "neutron-openvswitch-agent/start@network",
        "neutron-l3-agent/start",
        "neutron-dhcp-agent/start",
        "neutron-metadata-agent/start",
      ],
      action: {
        kind: "command",
        run: `${FORGET_AGENTS}\n${ENABLE_AGENTS}`,
        waits: [{ what: "all agents have reported", ready: ALL_ALIVE, seconds: 120 }],
        holds: ALL_ALIVE,
      },
      see: "Open vSwitch, L3, DHCP and metadata agents on the network node",
    },
    {
      id: "first-network/create-public-network",
      title: "Create the network that leads outside",
      why: "This network is the provider network itself, without a tunnel. Routers have a gateway in it, and floating addresses come from it. Only an administrator can create it.",
      role: "control",
      action: {
        kind: "network",
        networks: [{ name: "public", external: true, physical: PHYSICAL_NETWORK }],
      },
      see: "an external network called public",
    },
    {
      id: "first-network/create-public-subnet",
      title: "Say which outside addresses may be given away",
      why: "The provider network contains other machines too, so OpenStack may use only a part of its addresses. Nobody gets them by DHCP.",
      role: "control",
      action: {
        kind: "network",
        subnets: [
          {
            name: "public",
            network: "public",
            cidr: lab("provider_cidr"),
            gateway: lab("provider_gateway"),
            dhcp: false,
            pool: { first: lab("pool_first"), last: lab("pool_last") },
          },
        ],
      },
      see: "a subnet with the gateway and a pool of addresses",
    },
    {
      id: "first-network/create-private-network",
      title: "Create a tenant's network",
      why: "Every tenant can create networks with any addresses. Each is a VXLAN tunnel with its own number, which no other tenant can see into.",
      role: "control",
      action: {
        kind: "network",
        networks: [{ name: "private" }],
        subnets: [
          {
            name: "private",
            network: "private",
            cidr: "192.168.100.0/24",
            dns: [lab("provider_gateway")],
          },
        ],
      },
      see: "a network called private with a subnet of the same name",
    },
    {
      id: "first-network/create-router",
      title: "Create a router between both",
      why: "Servers reach the outside through the router, with its address as the sender. The router also translates floating addresses to servers.",
      role: "control",
      after: ["first-network/create-private-network", "first-network/create-public-subnet"],
      action: {
        kind: "network",
        routers: [{ name: "router", external: "public", subnets: ["private"] }],
      },
      see: "a router with its gateway in public and an interface in private",
      checks: [
        {
          name: "ports-active",
          expect: "the router's two ports are plugged in on the network node",
          run: `
list=$(openstack --os-cloud admin port list --router router -f value -c status)
echo "$list" | tr '\\n' ';'
[ "$(echo "$list" | grep -cx ACTIVE)" -ge 2 ]
if echo "$list" | grep -qvx ACTIVE; then exit 1; fi`.trim(),
        },
      ],
    },
    {
      id: "first-network/create-security-group",
      title: "Let SSH and ping in",
      why: "A packet reaches a server only if a rule of its security groups allows it. This group has two rules.",
      role: "control",
      after: ["first-network/see-agents"],
      action: {
        kind: "network",
        groups: [
          {
            name: "ssh-and-ping",
            description: "SSH and ping from anywhere",
            rules: [{ protocol: "tcp", port: 22 }, { protocol: "icmp" }],
          },
        ],
      },
      see: "a security group with one rule for TCP port 22 and one for ICMP",
    },
    {
      id: "first-network/create-port",
      title: "Create a port with a floating address",
      why: "A port is a socket of the virtual switch. It has the address, and can exist before its server. The router translates the floating address to the address of the port.",
      role: "control",
      after: ["first-network/create-router", "first-network/create-security-group"],
      action: {
        kind: "network",
        ports: [{ name: "web", network: "private", groups: ["ssh-and-ping"] }],
        floatingIps: [{ address: lab("floating"), network: "public", port: "web" }],
      },
      see: "a port called web, and a floating address that leads to it",
    },
  ],
};
