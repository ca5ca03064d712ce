import { lab, tunnel } from "./tokens.ts";
import { type Service, type Step, THIS_MACHINE } from "./types.ts";

const FLOATING = lab("floating");

/** Sets `domain` to libvirt's name of the server web. Exits 0 if the server runs on another node. */
const FIND_WEB = `
domain=
for name in $(virsh --connect qemu:///system list --all --name); do
  if virsh --connect qemu:///system dumpxml "$name" | grep -q '<nova:name>web</nova:name>'; then domain=$name; fi
done
[ -n "$domain" ] || { echo "web is on another node"; exit 0; }
state=$(virsh --connect qemu:///system domstate "$domain" | head -n 1)
[ "$state" = running ] || { echo "web ($domain) is $state"; exit 1; }
tap=$(virsh --connect qemu:///system domiflist "$domain" | awk '$1 ~ /^tap/ { print $1 }')
[ -n "$tap" ] || { echo "web ($domain) has no network card"; exit 1; }`.trim();

/** Sets `router` to the namespace that has the floating address. */
const FIND_ROUTER = `
router=
for name in $(ip netns list | awk '/^qrouter-/ { print $1 }'); do
  if ip netns exec "$name" ip -oneline -4 address | grep -qF ' ${FLOATING}/'; then router=$name; fi
done
[ -n "$router" ] || { echo "no router has the address ${FLOATING}"; exit 1; }`.trim();

/** Checks the tunnel from this node to another: the other end answers, and br-tun has a port that leads there. */
const tunnelTo = (other: string): string =>
  `
if ip -oneline -4 address | grep -qF ' ${other}/'; then echo "no tunnel needed: both are this node"; exit 0; fi
ping -n -c 2 -W 2 ${other} > /dev/null || { echo "${other}, the other end of the tunnel, does not answer"; exit 1; }
port=$(ovs-vsctl --timeout=5 --bare --columns=name find Interface type=vxlan options:remote_ip=${other})
[ -n "$port" ] || { echo "br-tun has no port that leads to ${other}"; exit 1; }
[ "$(ovs-vsctl --timeout=5 get Interface "$port" ofport)" != -1 ] || { echo "port $port of br-tun is broken"; exit 1; }
ovs-vsctl --timeout=5 get Interface patch-tun options:peer > /dev/null
ovs-vsctl --timeout=5 get Interface patch-int options:peer > /dev/null
ovs-ofctl dump-flows br-tun table=22 | grep -qE 'output:' || { echo "br-tun sends nothing into its tunnels"; exit 1; }
echo "$port leads to ${other}, which answers"`.trim();

/** A hop. The step changes nothing; it waits until the hop works, because this may take a moment. */
function hop(step: Omit<Step, "action"> & { readonly show: string; readonly holds: string }): Step {
  const { show, holds, ...rest } = step;
  const run = `
deadline=$(($(date +%s) + 60))
until (
${holds}
) > /dev/null 2>&1; do
  [ "$(date +%s)" -lt "$deadline" ] || break
  sleep 0.5
done
${show}`.trim();
  return { ...rest, action: { kind: "command", run, holds } };
}

/** The path of a packet from the server web to the outside, hop by hop. The first hop that fails is where packets get lost. */
export const packetPath: Service = {
  id: "packet-path",
  title: "Packet path",
  module: "002",
  steps: [
    hop({
      id: "packet-path/address-service",
      title: "Before the first packet: an address",
      why: "A server without an address sends nothing. The dnsmasq of its network listens in its own namespace.",
      role: "network",
      after: ["first-login/log-in"],
      show: "ip netns list\npgrep -a dnsmasq",
      holds: `
name=$(ip netns list | awk '/^qdhcp-/ { print $1; exit }')
[ -n "$name" ] || { echo "no namespace for DHCP"; exit 1; }
ip netns exec "$name" ss --no-header --udp --listening --numeric --processes 'sport = :67' | grep -m 1 dnsmasq`.trim(),
      see: "a dnsmasq listens on port 67",
    }),
    hop({
      id: "packet-path/tap",
      title: "Hop 1: the server's tap",
      why: "Packets that the server sends leave through a tap on the compute node, which is a port of br-int. The tag of the port is the number of the network on this node. Tag 4095 marks ports that the agent does not know.",
      role: "compute",
      after: ["first-login/log-in"],
      show: "virsh --connect qemu:///system list\novs-vsctl show",
      holds: `
${FIND_WEB}
[ "$(ovs-vsctl --timeout=5 port-to-br "$tap" 2>/dev/null)" = br-int ] || { echo "$tap is not a port of br-int"; exit 1; }
ip -oneline link show "$tap" | grep -q '[<,]UP[,>]' || { echo "$tap is down"; exit 1; }
tag=$(ovs-vsctl --timeout=5 get Port "$tap" tag)
case $tag in 4095 | '[]') echo "$tap belongs to no network: tag $tag"; exit 1 ;; esac
echo "$tap is up, a port of br-int, in network $tag"`.trim(),
      see: "the tap is up, is a port of br-int, and has the tag of its network",
    }),
    hop({
      id: "packet-path/security",
      title: "Hop 2: br-int and the security groups",
      why: "Flows of br-int let out only packets with the server's own address, and let in only packets that a rule allows.",
      role: "compute",
      show: "ovs-ofctl dump-flows br-int table=60",
      holds: `
${FIND_WEB}
port=$(ovs-vsctl --timeout=5 get Interface "$tap" ofport)
for table in 60 71; do
  ovs-ofctl dump-flows br-int table=$table | grep -qE "in_port=($port|\\"?$tap\\"?)( |,)|reg5=$(printf '0x%x' "$port")[ ,]" || {
    echo "br-int has no flows in table $table for $tap"
    exit 1
  }
done
echo "br-int has flows for $tap (port $port)"`.trim(),
      see: "br-int has flows for the server's port",
    }),
    hop({
      id: "packet-path/tunnel",
      title: "Hop 3: the tunnel to the network node",
      why: "Packets for other nodes go through a patch port to br-tun, which wraps them into VXLAN and sends them to the tunnel address of the other node.",
      role: "compute",
      show: "ovs-vsctl show\novs-ofctl dump-flows br-tun table=22",
      holds: tunnelTo(tunnel("network")),
      see: "br-tun has a port to the network node, which answers",
    }),
    hop({
      id: "packet-path/tunnel-end",
      title: "Hop 4: the tunnel's other end",
      why: "The network node unwraps the packets. It sends its answers back in the same way.",
      role: "network",
      after: ["packet-path/tunnel"],
      show: "ovs-vsctl show\novs-ofctl dump-flows br-tun table=22",
      holds: tunnelTo(tunnel("compute")),
      see: "br-tun has a port to the compute node, which answers",
    }),
    hop({
      id: "packet-path/router-port",
      title: "Hop 5: br-int of the network node",
      why: "The ports of the router and of DHCP are in the network of the server. The same network has a different tag on each node.",
      role: "network",
      show: "ovs-vsctl show",
      holds: `
ports=0
for port in $(ovs-vsctl --timeout=5 list-ports br-int); do
  [ -n "$(ovs-vsctl --timeout=5 --if-exists get Interface "$port" external_ids:iface-id 2>/dev/null)" ] || continue
  tag=$(ovs-vsctl --timeout=5 get Port "$port" tag)
  case $tag in 4095 | '[]') echo "$port belongs to no network: tag $tag"; exit 1 ;; esac
  ports=$((ports + 1))
done
echo "$ports ports of routers and DHCP"
[ "$ports" -ge 3 ]`.trim(),
      see: "br-int has the ports of the router and of DHCP, each with a tag",
    }),
    hop({
      id: "packet-path/router",
      title: "Hop 6: the router",
      why: "The router is a namespace with an interface in each network. It translates the floating address. It must reach the server with packets of the full size of the network.",
      role: "network",
      show: "ip netns list",
      holds: `
${FIND_ROUTER}
server=$(ip netns exec "$router" iptables --table nat --list-rules | sed -n 's#.* -d ${FLOATING}/32 .*--to-destination \\([0-9.]*\\).*#\\1#p' | head -n 1)
[ -n "$server" ] || { echo "no rule translates ${FLOATING}"; exit 1; }
device=$(ip netns exec "$router" ip -oneline route get "$server" | sed -n 's/.* dev \\([^ ]*\\).*/\\1/p')
mtu=$(ip netns exec "$router" cat "/sys/class/net/$device/mtu")
ip netns exec "$router" ping -n -c 2 -W 3 -M do -s $((mtu - 28)) "$server" > /dev/null || {
  echo "$server does not answer packets of $mtu bytes"
  exit 1
}
echo "${FLOATING} is $server, which answers packets of $mtu bytes"`.trim(),
      see: "the router reaches the server with packets of the network's full size",
    }),
    hop({
      id: "packet-path/external-bridge",
      title: "Hop 7: br-ex",
      why: "From the outer port of the router, a packet goes through a patch port to br-ex, and leaves the node through the interface of the provider network.",
      role: "network",
      show: "ovs-vsctl show",
      holds: `
${FIND_ROUTER}
ovs-vsctl --timeout=5 get Interface int-br-ex options:peer > /dev/null
ovs-vsctl --timeout=5 get Interface phy-br-ex options:peer > /dev/null
ip netns exec "$router" ping -n -c 2 -W 3 ${lab("provider_gateway")} > /dev/null || {
  echo "the router does not reach the gateway ${lab("provider_gateway")} through br-ex"
  exit 1
}
echo "the router reaches the gateway ${lab("provider_gateway")}"`.trim(),
      see: "the router reaches the gateway of the provider network",
    }),
    hop({
      id: "packet-path/outside",
      title: "The other end: this machine",
      why: "The floating address answers, so packets travel the whole way there and back.",
      role: THIS_MACHINE,
      show: `ping -n -c 2 -W 5 ${FLOATING}`,
      holds: `ping -n -c 2 -W 5 ${FLOATING} | grep ' 0% packet loss'`,
      see: "the floating address answers ping",
    }),
  ],
};
