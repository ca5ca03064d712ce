import type { Drift } from "./types.ts";

/** What may happen on every node, and on those that run servers or forward their packets. */
export const NODES: readonly Drift[] = [
  {
    title: "another address for control added to /etc/hosts",
    step: "base/name-resolution@compute",
    break: "echo '192.0.2.1 control' >> /etc/hosts",
  },
  {
    title: "policy-rc.d no longer executable",
    step: "base/hold-services-back@network",
    break: "chmod 0644 /usr/sbin/policy-rc.d",
  },
  {
    title: "the drop-in that makes services try again deleted",
    step: "base/keep-trying@compute",
    break: "rm /etc/systemd/system/service.d/scratchstack.conf\nsystemctl daemon-reload",
  },
  {
    title: "libvirtd.socket stopped",
    step: "nova-compute/start-libvirt@compute",
    break: "systemctl stop libvirtd.socket",
  },
  {
    title: "another hypervisor in nova-compute.conf, nova-compute restarted",
    step: "nova-compute/choose-hypervisor@compute",
    break:
      "sed -i 's/^virt_type *=.*/virt_type = lxc/' /etc/nova/nova-compute.conf\nsystemctl restart --no-block nova-compute",
  },
  {
    title: "the tunnel address removed from its device",
    step: "openvswitch/place-tunnel-address@compute",
    break: "ip address flush dev {{fact:tunnel_device}}",
  },
  {
    title: "bridge br-ex deleted",
    step: "openvswitch/create-provider-bridge@network",
    break: "ovs-vsctl del-br br-ex",
    sample: 1,
  },
  {
    title: "the provider network's interface removed from br-ex",
    step: "openvswitch/create-provider-bridge@network",
    break: "ovs-vsctl del-port br-ex {{fact:provider_interface}}",
  },
  {
    title: "bridge br-tun deleted while its agent runs",
    step: "neutron-openvswitch-agent/start@compute",
    break: "ovs-vsctl del-br br-tun",
  },
  {
    title: "another tunnel address in openvswitch_agent.ini",
    step: "neutron-openvswitch-agent/configure-switch@compute",
    break: "sed -i 's/^local_ip *=.*/local_ip = 192.0.2.1/' /etc/neutron/plugins/ml2/openvswitch_agent.ini",
  },
  {
    title: "another broker in the neutron.conf that all agents read, the agents restarted",
    step: "neutron-openvswitch-agent/configure@network",
    break:
      "sed -i 's#^transport_url *=.*#transport_url = rabbit://guest:guest@192.0.2.1/#' /etc/neutron/neutron.conf\nsystemctl restart --no-block neutron-openvswitch-agent neutron-l3-agent neutron-dhcp-agent neutron-metadata-agent",
  },
  {
    title: "package neutron-l3-agent removed",
    step: "neutron-l3-agent/install-packages@network",
    break:
      "DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=300 remove neutron-l3-agent </dev/null",
  },
  {
    title: "neutron-dhcp-agent stopped and disabled",
    step: "neutron-dhcp-agent/start@network",
    break: "systemctl disable --quiet --now neutron-dhcp-agent",
  },
  {
    title: "the secret that the metadata agent shares with Nova changed",
    step: "neutron-metadata-agent/configure@network",
    break:
      "sed -i 's/^metadata_proxy_shared_secret *=.*/metadata_proxy_shared_secret = guessed/' /etc/neutron/metadata_agent.ini",
  },
];
