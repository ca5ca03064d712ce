import { BEFORE_PACKAGES } from "./checks.ts";
import { fact, lab, self } from "./tokens.ts";
import type { Service } from "./types.ts";

const DATAPATH = fact("datapath_type");
const DEVICE = fact("tunnel_device");
const NIC = fact("tunnel_interface");
const PROVIDER_NIC = fact("provider_interface");

/** The nodes that forward packets of servers. */
const SWITCHING = ["compute", "network"] as const;

const CONFIGURE_NETWORKD = "/etc/systemd/network";

/** Shell that makes networkd read the changed files and waits until the tunnel address is on its device. */
const MOVE_ADDRESS = `
networkctl reload
networkctl reconfigure ${NIC}
waited=0
networkctl reconfigure ${DEVICE} 2>/dev/null || true
until ip -oneline -4 address show dev ${DEVICE} 2>/dev/null | grep -F ' ${self("tunnel")}/'; do
  [ "$waited" -lt 100 ] || { echo "${DEVICE} did not get the address ${self("tunnel")} within 20 s" >&2; exit 1; }
  waited=$((waited + 1))
  sleep 0.2
done`.trim();

/** The virtual switches that servers are plugged into. */
export const openVswitch: Service = {
  id: "openvswitch",
  title: "Open vSwitch",
  module: "002",
  steps: [
    {
      id: "openvswitch/install-packages",
      title: "Install Open vSwitch",
      why: "Every node with servers or routers needs a switch that programs can configure. nova-network used the kernel's bridges; Open vSwitch replaces them.",
      role: SWITCHING,
      after: BEFORE_PACKAGES,
      action: { kind: "packages", names: ["openvswitch-switch"] },
      see: "Open vSwitch is installed and does not run yet",
    },
    {
      id: "openvswitch/start",
      title: "Start Open vSwitch",
      why: "ovsdb-server stores the bridges and ports, also across reboots. ovs-vswitchd forwards the packets.",
      role: SWITCHING,
      after: ["openvswitch/install-packages", "base/keep-trying"],
      action: {
        kind: "unit",
        units: ["openvswitch-switch"],
        ready: "ovs-vsctl --timeout=5 show\novs-appctl --timeout=5 version",
      },
      see: "ovs-vsctl show answers",
      checks: [
        {
          name: "switching",
          expect: "ovs-vswitchd answers",
          run: "ovs-appctl --timeout=5 version",
        },
      ],
    },
    {
      id: "openvswitch/choose-datapath",
      title: "Prepare for the datapath",
      why: "With the kernel module, packets stay in the kernel. Without it, Open vSwitch forwards them in user space. It must then handle segmentation offload, or TCP between its ports fails because of wrong checksums.",
      role: SWITCHING,
      action: {
        kind: "command",
        run: `
ovs-vsctl --timeout=10 set Open_vSwitch . other_config:userspace-tso-enable=${fact("userspace")}
systemctl restart ovs-vswitchd`.trim(),
        holds: `
option=$(ovs-vsctl --timeout=10 --if-exists get Open_vSwitch . other_config:userspace-tso-enable)
echo "userspace-tso-enable: $option"
[ "$option" = '"${fact("userspace")}"' ]`.trim(),
        // The agent creates these bridges and leaves them when it stops.
        undo: `
for bridge in br-int br-tun; do ovs-vsctl --timeout=20 --if-exists del-br "$bridge"; done
ovs-vsctl --timeout=10 remove Open_vSwitch . other_config userspace-tso-enable`.trim(),
      },
      see: "userspace-tso-enable says whether packets move in user space",
    },
    {
      id: "openvswitch/configure-tunnel-address",
      title: "Say where the tunnel address belongs",
      why: "Tunnels between the nodes end at this address. In user space, the address must be on a bridge of Open vSwitch. With the kernel module, it stays on the network interface.",
      role: SWITCHING,
      after: ["base/hold-services-back"],
      action: {
        kind: "file",
        path: `${CONFIGURE_NETWORKD}/05-tunnel-address.network`,
        content: `[Match]
Name=${DEVICE}

[Link]
RequiredForOnline=no

[Network]
LinkLocalAddressing=no
IPv6AcceptRA=no
ConfigureWithoutCarrier=yes
Address=${self("tunnel")}/${lab("tunnel_prefix")}`,
      },
      see: "networkd puts the tunnel address on the right device after every boot",
    },
    {
      id: "openvswitch/configure-tunnel-card",
      title: "Leave the network card of the tunnels without an address",
      why: "A network interface that is a port of a bridge must not have an address. Where the interface itself carries the address, the file of the previous step comes first and this one has no effect.",
      role: SWITCHING,
      after: ["base/hold-services-back"],
      action: {
        kind: "file",
        path: `${CONFIGURE_NETWORKD}/06-tunnel-card.network`,
        content: `[Match]
Name=${NIC}

[Link]
RequiredForOnline=no

[Network]
LinkLocalAddressing=no
IPv6AcceptRA=no`,
      },
      see: "a file for the network interface, without an address",
    },
    {
      id: "openvswitch/keep-ports-up",
      title: "Keep the ports of servers up",
      why: "Open vSwitch in user space and libvirt both change the flags of a server's port when the server starts. Sometimes one overwrites what the other has set, and the port stays down.",
      role: SWITCHING,
      after: ["base/hold-services-back"],
      action: {
        kind: "file",
        path: `${CONFIGURE_NETWORKD}/07-server-ports.network`,
        // Without KeepMaster networkd would take a port out of the kernel's datapath.
        content: `[Match]
Name=tap*

[Link]
ActivationPolicy=always-up
RequiredForOnline=no

[Network]
LinkLocalAddressing=no
IPv6AcceptRA=no
ConfigureWithoutCarrier=yes
KeepMaster=yes`,
      },
      see: "networkd sets a port up again as soon as it is down",
    },
    {
      id: "openvswitch/place-tunnel-address",
      title: "Put the tunnel address in its place",
      why: "This applies the files without a reboot. In user space, it also creates a bridge with the network interface as a port, and the address moves to the bridge.",
      role: SWITCHING,
      after: [
        "openvswitch/choose-datapath",
        "openvswitch/configure-tunnel-address",
        "openvswitch/configure-tunnel-card",
        "openvswitch/keep-ports-up",
      ],
      action: {
        kind: "command",
        run: `
if [ ${DEVICE} != ${NIC} ]; then
  ovs-vsctl --timeout=20 --may-exist add-br ${DEVICE} -- set Bridge ${DEVICE} datapath_type=${DATAPATH} -- --may-exist add-port ${DEVICE} ${NIC}
fi
${MOVE_ADDRESS}`.trim(),
        holds: `
if [ ${DEVICE} != ${NIC} ]; then
  [ "$(ovs-vsctl --timeout=10 port-to-br ${NIC})" = ${DEVICE} ]
  if ip -oneline -4 address show dev ${NIC} | grep .; then exit 1; fi
fi
ip -oneline -4 address show dev ${DEVICE} | grep -F ' ${self("tunnel")}/'`.trim(),
        undo: `
rm -f ${CONFIGURE_NETWORKD}/05-tunnel-address.network ${CONFIGURE_NETWORKD}/06-tunnel-card.network ${CONFIGURE_NETWORKD}/07-server-ports.network
[ ${DEVICE} = ${NIC} ] || ovs-vsctl --timeout=20 --if-exists del-br ${DEVICE}
networkctl reload
networkctl reconfigure ${NIC}`.trim(),
      },
      see: "ip address shows the tunnel address on the device that carries it",
      bridges: [{ name: DEVICE, network: "tunnel" }],
    },
    {
      id: "openvswitch/create-provider-bridge",
      title: "Create the bridge that leads outside",
      why: "Packets that leave the cloud pass through br-ex. The network interface of the provider network is a port of it. Only the network node has this bridge.",
      role: "network",
      after: ["openvswitch/choose-datapath"],
      action: {
        kind: "command",
        run: `
ovs-vsctl --timeout=20 --may-exist add-br br-ex -- set Bridge br-ex datapath_type=${DATAPATH} -- --may-exist add-port br-ex ${PROVIDER_NIC}
ip link set ${PROVIDER_NIC} up
ip link set br-ex up`.trim(),
        holds: `
[ "$(ovs-vsctl --timeout=10 get Bridge br-ex datapath_type)" = ${DATAPATH} ]
ovs-vsctl --timeout=10 list-ports br-ex | grep -x ${PROVIDER_NIC}`.trim(),
        undo: "ovs-vsctl --timeout=20 --if-exists del-br br-ex",
      },
      see: "br-ex has the interface of the provider network as a port",
      bridges: [{ name: "br-ex", network: "provider" }],
    },
  ],
};
