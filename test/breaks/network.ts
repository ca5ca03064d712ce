import type { Break } from "./types.ts";

const client = "export OS_CLOUD=admin";

const AGENT = "systemctl restart neutron-openvswitch-agent";

/** Renames an object, so that the probe does not find it. */
const renamed = (kind: string, name: string): Break => ({
  title: `${kind} ${name} renamed`,
  break: `${client}\nopenstack ${kind} set --name broken ${name}`,
  fix: `${client}\nopenstack ${kind} set --name ${name} broken`,
});

const stopped = (server: string): Break => ({
  title: `server ${server} stopped`,
  break: `${client}\nopenstack server stop ${server}\nuntil [ "$(openstack server show ${server} -f value -c status)" = SHUTOFF ]; do sleep 0.5; done`,
  fix: `${client}\nopenstack server start ${server}\nuntil [ "$(openstack server show ${server} -f value -c status)" = ACTIVE ]; do sleep 0.5; done`,
});

const moved = (file: string): Pick<Break, "break" | "fix"> => ({
  break: `mv {{here:ssh}}/${file} {{here:ssh}}/${file}.broken`,
  fix: `mv {{here:ssh}}/${file}.broken {{here:ssh}}/${file}`,
});

const consoleEmptied: Break = {
  title: "the console's log emptied on the compute node",
  on: "compute",
  break: "truncate --size=0 /var/lib/nova/instances/*/console.log",
  fixOn: "control",
  fix: `
${client}
for server in first web db; do openstack server reboot --hard "$server"; done
until openstack console log show web | grep -q 'guest web is up'; do sleep 0.5; done`.trim(),
};

const router = "$(ip netns list | awk '/^qrouter-/ { print $1; exit }')";

/** A rule of the router that drops packets. */
const dropped = (title: string, rule: string): Break => ({
  title,
  on: "network",
  break: `ip netns exec ${router} iptables --table mangle --insert ${rule} --jump DROP`,
  fix: `ip netns exec ${router} iptables --table mangle --delete ${rule} --jump DROP`,
});

const onWeb = (command: string): string => `ssh -F {{here:ssh}}/config -o BatchMode=yes web '${command}'`;

const tunnelPortGone = (node: string): Break => ({
  title: `the tunnel's port deleted from br-tun on the ${node} node`,
  break: "ovs-vsctl del-port br-tun $(ovs-vsctl --bare --columns=name find Interface type=vxlan | head -n 1)",
  fix: AGENT,
});

/** Breaks of single checks of Lab002, for which the break of the kind of action does not work. */
export const NETWORK_BREAKS: Readonly<Record<string, Break>> = {
  "neutron/stop-stand-in": {
    title: "a unit called no-network created and enabled",
    break: `
printf '[Service]\\nExecStart=/bin/sleep infinity\\n[Install]\\nWantedBy=multi-user.target\\n' > /etc/systemd/system/no-network.service
systemctl daemon-reload
systemctl enable --quiet no-network`.trim(),
    fix: "systemctl disable --quiet no-network\nrm -f /etc/systemd/system/no-network.service\nsystemctl daemon-reload",
  },
  "openvswitch/choose-datapath": {
    title: "the offload option removed from Open vSwitch",
    break: "ovs-vsctl remove Open_vSwitch . other_config userspace-tso-enable",
    fix: "ovs-vsctl set Open_vSwitch . other_config:userspace-tso-enable={{fact:userspace}}",
  },
  "openvswitch/place-tunnel-address": {
    title: "the tunnel address removed from its device",
    break: "ip address flush dev {{fact:tunnel_device}}",
  },
  "openvswitch/create-provider-bridge": {
    title: "the provider network's interface removed from br-ex",
    break: "ovs-vsctl del-port br-ex {{fact:provider_interface}}",
  },
  "neutron-openvswitch-agent/start:bridges": {
    title: "br-tun deleted",
    break: "ovs-vsctl del-br br-tun",
    fix: AGENT,
  },
  "first-network/see-agents": {
    title: "the last report of the DHCP agent set to 2013",
    break:
      "mariadb -e \"UPDATE neutron.agents SET heartbeat_timestamp = '2013-04-04' WHERE \\`binary\\` = 'neutron-dhcp-agent'\"",
    fix: 'mariadb -e "UPDATE neutron.agents SET heartbeat_timestamp = UTC_TIMESTAMP()"',
  },
  "first-network/create-public-network": renamed("network", "public"),
  "first-network/create-public-subnet": renamed("subnet", "public"),
  "first-network/create-private-network": renamed("network", "private"),
  "first-network/create-router": renamed("router", "router"),
  "first-network/create-router:ports-active": {
    title: "the router disabled",
    break: `${client}\nopenstack router set --disable router\nwhile openstack port list --router router -f value -c status | grep -q ACTIVE; do sleep 0.5; done`,
    fix: `${client}\nopenstack router set --enable router`,
  },
  "first-network/create-security-group": {
    title: "the rule that allows SSH deleted",
    break: `${client}\nopenstack security group rule delete $(openstack security group rule list --protocol tcp ssh-and-ping -f value -c ID)`,
  },
  "first-network/create-port": {
    title: "the floating address removed from its port",
    break: `${client}\nopenstack floating ip unset --port {{lab:floating}}`,
  },
  "first-login/create-keypair": {
    title: "keypair lab deleted",
    break: `${client}\nopenstack keypair delete lab`,
  },
  "first-login/boot": {
    ...stopped("web"),
    fix: `${client}\nopenstack server start web\nuntil openstack console log show web | grep -q 'guest web is up'; do sleep 0.5; done`,
  },
  "first-login/boot:lease": consoleEmptied,
  "first-login/boot:console": consoleEmptied,
  "first-login/write-key": { title: "the lab's key moved away", ...moved("key") },
  "first-login/write-known-hosts": { title: "known_hosts moved away", ...moved("known_hosts") },
  "first-login/write-configuration": {
    title: "a line added to SSH's configuration",
    break: "echo 'Port 2222' >> {{here:ssh}}/config",
  },
  "first-login/log-in": {
    title: "the server's SSH daemon stopped",
    break: onWeb('kill $(pidof dropbear | tr " " "\\n" | sort -n | head -n 1)'),
    fixOn: "control",
    fix: `${client}\nopenstack server reboot --hard web`,
  },
  "first-login/log-in:metadata": {
    title: "neutron-metadata-agent stopped on the network node",
    on: "network",
    break: "systemctl stop neutron-metadata-agent",
    fix: "systemctl start neutron-metadata-agent",
  },
  "first-login/log-in:source-translation": dropped(
    "the router drops packets to the gateway",
    "FORWARD --destination {{lab:provider_gateway}}",
  ),
  "first-login/log-in:transfer": {
    title: "a folder in place of the file that must arrive on the server",
    break: onWeb("rm -f /tmp/sent; mkdir /tmp/sent"),
    fix: onWeb("rmdir /tmp/sent"),
  },
  "first-login/log-in:closed-port": {
    title: "a rule added that opens port 80",
    on: "control",
    break: `${client}\nopenstack security group rule create --protocol tcp --dst-port 80 ssh-and-ping\nuntil curl --silent --max-time 2 --output /dev/null http://{{lab:floating}}/; do sleep 0.5; done`,
    fix: `${client}\nfor rule in $(openstack security group rule list --protocol tcp ssh-and-ping -f value -c ID -c 'Port Range' | awk '$2 == "80:80" { print $1 }'); do openstack security group rule delete "$rule"; done`,
  },
  "first-login/create-second-port": renamed("port", "db"),
  "first-login/boot-second": stopped("db"),
  "first-login/reach-second": {
    title: "port db disabled",
    on: "control",
    break: `${client}\nopenstack port set --disable db\nuntil [ "$(openstack port show db -f value -c status)" = DOWN ]; do sleep 0.5; done`,
    fix: `${client}\nopenstack port set --enable db`,
  },
  "packet-path/address-service": {
    title: "DHCP agent and dnsmasq stopped",
    break: "systemctl stop neutron-dhcp-agent\npkill dnsmasq || true",
    fix: "systemctl start neutron-dhcp-agent",
  },
  "packet-path/tap": {
    title: "networkd stopped, and the servers' taps set down",
    break:
      'systemctl stop systemd-networkd.socket systemd-networkd\nfor tap in $(ovs-vsctl list-ports br-int | grep "^tap"); do ip link set "$tap" down; done',
    fix: 'for tap in $(ovs-vsctl list-ports br-int | grep "^tap"); do ip link set "$tap" up; done\nsystemctl start systemd-networkd.socket systemd-networkd',
  },
  "packet-path/security": {
    title: "the flows of the security groups deleted from br-int",
    break: "ovs-ofctl del-flows br-int table=60\novs-ofctl del-flows br-int table=71",
    fix: AGENT,
  },
  "packet-path/tunnel": tunnelPortGone("compute"),
  "packet-path/tunnel-end": tunnelPortGone("network"),
  "packet-path/router-port": {
    title: "a port of the router given the tag 4095",
    break:
      'port=$(ovs-vsctl list-ports br-int | grep -E \'^(tap|qr-)\' | head -n 1)\necho "$port $(ovs-vsctl get Port "$port" tag)" > /run/broken-port\novs-vsctl set Port "$port" tag=4095',
    fix: 'read -r port tag < /run/broken-port\novs-vsctl set Port "$port" tag="$tag"',
  },
  "packet-path/router": {
    title: "the router's address translation flushed",
    break: `router=${router}\nip netns exec "$router" iptables-save > /run/broken-rules\nip netns exec "$router" iptables --table nat --flush`,
    fix: `ip netns exec ${router} iptables-restore < /run/broken-rules`,
  },
  "packet-path/external-bridge": {
    title: "the provider network's interface set down",
    break: "ip link set {{fact:provider_interface}} down",
    fix: "ip link set {{fact:provider_interface}} up",
  },
  "packet-path/outside": dropped(
    "the router drops pings to the floating address",
    "PREROUTING --protocol icmp --destination {{lab:floating}}",
  ),
};
