import { PHYSICAL_NETWORK } from "./neutron-options.ts";
import { lab } from "./tokens.ts";
import type { Service } from "./types.ts";

/** Agents that Neutron must have heard from lately, and the ones it has; an agent reports every 30 seconds. */
const AGENTS = `mariadb --batch --skip-column-names --execute="SELECT CONCAT(\\\`binary\\\`, ' ', host, ' ',
  IF(TIMESTAMPDIFF(SECOND, heartbeat_timestamp, UTC_TIMESTAMP()) < 75, 'alive', 'silent')) FROM neutron.agents ORDER BY 1"`;

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
if echo "$list" | grep -q ' silent$'; then exit 1; fi
# A router's or DHCP's port is plugged in by the Open vSwitch agent beside it.
for host in $(echo "$list" | sed -nE 's/^neutron-(l3|dhcp)-agent ([^ ]*) alive$/\\2/p'); do
  echo "$list" | grep -qx "neutron-openvswitch-agent $host alive" || { echo "no neutron-openvswitch-agent on $host"; exit 1; }
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
      why: "A network, router or port is given to an agent when it is made: one that Neutron has not heard from gets nothing to do.",
      role: "control",
      // Not that of the compute nodes, which are ready later: it is waited for where a server boots.
      after: [
        "neutron/start",
        "neutron-openvswitch-agent/start@network",
        "neutron-l3-agent/start",
        "neutron-dhcp-agent/start",
        "neutron-metadata-agent/start",
      ],
      action: {
        kind: "command",
        run: `
waited=0
until (
${ALL_ALIVE}
) >/dev/null; do
  [ "$waited" -lt 240 ] || { echo "not all agents reported within two minutes:" >&2; ${AGENTS} >&2; exit 1; }
  waited=$((waited + 1))
  sleep 0.5
done`.trim(),
        holds: ALL_ALIVE,
      },
      see: "Open vSwitch, L3, DHCP and metadata agents on the network node",
    },
    {
      id: "first-network/create-public-network",
      title: "Create the network that leads outside",
      why: "It is the provider network itself, without a tunnel: routers have a foot in it, and floating addresses are of it. Only an administrator may create it.",
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
      why: "The provider network has other machines in it: OpenStack gets a part of its addresses. Nobody asks for them by DHCP.",
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
      why: "Every tenant may make networks of its own, with any addresses: each is a VXLAN tunnel with a number, which others cannot see into.",
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
      why: "Servers reach the outside through it, under its own address, and are reached by floating addresses that it translates.",
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
[ "$(echo "$list" | grep -cx ACTIVE)" = 2 ]`.trim(),
        },
      ],
    },
    {
      id: "first-network/create-security-group",
      title: "Let SSH and ping in",
      why: "Nothing reaches a server unless a rule of its security groups lets it in. These two rules are all.",
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
      why: "A port is a socket of the virtual switch: it has the address, and may be there before its server. The router translates the floating address to the port's.",
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
