import { NETWORK_BREAKS } from "./network.ts";
import type { Break } from "./types.ts";

const client = "export OS_CLOUD=admin";

/** Deletes the public endpoint of a service. Its step creates it again. */
function endpointGone(service: string): Break {
  return {
    title: `public endpoint of ${service} deleted`,
    break: `${client}\nopenstack endpoint delete $(openstack endpoint list --service ${service} --interface public -f value -c ID)`,
  };
}

const keystoneStopped: Break = {
  title: "keystone stopped",
  break: "systemctl stop keystone",
  fix: "systemctl start keystone\nuntil curl -sf -o /dev/null http://{{address:control}}:5000/; do sleep 0.2; done",
};

const moved = (path: string): Pick<Break, "break" | "fix"> => ({
  break: `mv ${path} ${path}.broken`,
  // A program that reads it may have created it again, empty.
  fix: `rm -rf ${path}\nmv ${path}.broken ${path}`,
});

/** Breaks of single checks, for which the break of the kind of action does not work. */
export const SPECIAL: Readonly<Record<string, Break>> = {
  ...NETWORK_BREAKS,
  "base/name-resolution:own-name": {
    title: "the node's own name set to loopback in /etc/hosts",
    break: 'cp -a /etc/hosts /etc/hosts.broken\nsed -i "1i 127.0.1.1 $(hostname)" /etc/hosts',
    fix: "mv /etc/hosts.broken /etc/hosts",
  },
  "base/clock": {
    title: "the node does not recognize that it is a container, and no time server answers",
    break: "mv /usr/bin/systemd-detect-virt /usr/bin/systemd-detect-virt.broken",
    fix: "mv /usr/bin/systemd-detect-virt.broken /usr/bin/systemd-detect-virt",
  },
  "base/package-lists": { title: "apt's package lists moved away", ...moved("/var/lib/apt/lists") },
  "keystone/create-keys": {
    title: "the newest Fernet key moved away",
    ...moved("/etc/keystone/fernet-keys/1"),
  },
  "keystone/bootstrap": keystoneStopped,
  "keystone/bootstrap:token-issued": keystoneStopped,
  "keystone/create-service-project": {
    title: "project service renamed",
    break: `${client}\nopenstack project set --name broken service`,
    fix: `${client}\nopenstack project set --name service broken`,
  },
  "glance/create-identity": endpointGone("glance"),
  "placement/create-identity": endpointGone("placement"),
  "nova/create-identity": endpointGone("nova"),
  "cinder/create-identity": endpointGone("cinderv3"),
  "neutron/create-identity": endpointGone("neutron"),
  "nova/map-cells": {
    title: "cell1 renamed in the API database",
    break: "mariadb -e \"UPDATE nova_api.cell_mappings SET name = 'broken' WHERE name = 'cell1'\"",
    fix: "mariadb -e \"UPDATE nova_api.cell_mappings SET name = 'cell1' WHERE name = 'broken'\"",
  },
  "nova-compute/set-identity": {
    title: "the compute node's UUID moved away",
    ...moved("/var/lib/nova/compute_id"),
    quiet: true,
  },
  "nova-compute/reload-bus": { title: "polkit stopped", break: "systemctl stop polkit" },
  "nova-compute/discover-hosts": {
    title: "compute nodes removed from their cell",
    // `nova-manage cell_v2 delete_host` does the same for a host without servers.
    break: 'mariadb -e "DELETE FROM nova_api.host_mappings; UPDATE nova.compute_nodes SET mapped = 0"',
  },
  "nova-compute/discover-hosts:services-up": {
    title: "nova-compute disabled",
    break: `${client}\nopenstack compute service set --disable compute nova-compute`,
    fix: `${client}\nopenstack compute service set --enable compute nova-compute`,
  },
  "nova-compute/discover-hosts:hypervisors": {
    title: "the table of Placement's inventories renamed",
    break: 'mariadb -e "RENAME TABLE placement.inventories TO placement.broken"',
    fix: 'mariadb -e "RENAME TABLE placement.broken TO placement.inventories"',
  },
  "rabbitmq/create-user:message": {
    title: "rabbitmq-server stopped",
    break: "systemctl stop rabbitmq-server",
    fix: "systemctl start rabbitmq-server\nuntil rabbitmqctl --silent await_startup; do sleep 0.2; done",
  },
  "nova-compute/start-libvirt": { title: "libvirtd.socket stopped", break: "systemctl stop libvirtd.socket" },
  "nova-compute/start-libvirt:domain-capabilities": {
    title: "libvirtd and its sockets stopped",
    break: "systemctl stop libvirtd.socket libvirtd-ro.socket libvirtd-admin.socket libvirtd.service",
  },
  "horizon/disable-ssl-site": { title: "the site default-ssl enabled", break: "a2ensite -q default-ssl" },
  "first-server/upload-image": {
    title: "image guest renamed",
    break: `${client}\nopenstack image set --name broken guest`,
    fix: `${client}\nopenstack image set --name guest broken`,
  },
  "first-server/create-flavor": {
    title: "flavor tiny deleted",
    break: `${client}\nopenstack flavor delete tiny`,
  },
  "first-server/boot": {
    title: "server first stopped",
    break: `${client}\nopenstack server stop first\nuntil [ "$(openstack server show first -f value -c status)" = SHUTOFF ]; do sleep 0.5; done`,
    fix: `${client}\nopenstack server start first\nuntil openstack console log show first | grep -q 'is up'; do sleep 0.5; done`,
  },
  "first-server/boot:console": {
    title: "server first deleted",
    break: `${client}\nopenstack server delete --wait first`,
  },
};
