import { BEFORE_PACKAGES } from "./checks.ts";
import { CONSOLE_URL, NOVA_COMMON } from "./nova-options.ts";
import { reports } from "./oslo.ts";
import { DELETE_SERVER } from "./servers.ts";
import { fact, lab, self } from "./tokens.ts";
import type { Service } from "./types.ts";

/** How many nova-compute services have not registered their node yet. They do so shortly after systemd reports them as started. */
const UNREGISTERED = `SELECT IF(COUNT(*) = 0, 1, SUM(n.id IS NULL)) FROM nova.services s
  LEFT JOIN nova.compute_nodes n ON n.host = s.host AND n.deleted = 0 WHERE s.binary = 'nova-compute' AND s.deleted = 0`;

/** How many compute nodes are mapped to a cell, and how many are not. Nova's own column `mapped` may be wrong. */
const MAPPED = `SELECT CONCAT(COUNT(m.host), ' ', COUNT(*) - COUNT(m.host)) FROM nova.compute_nodes n
  LEFT JOIN nova_api.host_mappings m ON m.host = n.host WHERE n.deleted = 0`;

/** The nodes whose nova-compute somebody disabled: the scheduler gives them no servers. */
const DISABLED =
  "SELECT s.host FROM nova.services s WHERE s.binary = 'nova-compute' AND s.deleted = 0 AND s.disabled = 1";

const sql = (query: string) => `mariadb --batch --skip-column-names --execute="${query}"`;

/** Nodes whose nova-compute Nova knows. */
const HOSTS = "SELECT s.host FROM nova.services s WHERE s.binary = 'nova-compute' AND s.deleted = 0";

/** Where nova-compute keeps the UUID of its node. */
const IDENTITY = "/var/lib/nova/compute_id";

/**
 * Shell with a function that makes Nova forget a compute node: its servers, which are lost with it, then its service. Nova itself then
 * removes the node's record, its mapping to the cell, and what Placement knows of it.
 */
const FORGET = `
export OS_CLOUD=admin
forget() {
  for server in $(timeout 60 openstack server list --all-projects --host "$1" -f value -c ID); do
    echo "deleting server $server, which is lost with $1"
    ${DELETE_SERVER}
  done
  for id in $(timeout 60 openstack compute service list --service nova-compute --host "$1" -f value -c ID); do
    timeout 60 openstack compute service delete "$id"
  done
}`.trim();

/** Shell that removes the servers that still run on a compute node: nobody knows them any more. */
const REMOVE_SERVERS = `
for domain in $(timeout 30 virsh --connect qemu:///system list --all --name 2>/dev/null | grep '^instance-' || true); do
  timeout 30 virsh --connect qemu:///system destroy "$domain" >/dev/null 2>&1 || true
  timeout 30 virsh --connect qemu:///system undefine --nvram "$domain" || true
done
find /var/lib/nova/instances -mindepth 1 -maxdepth 1 ! -name locks -exec rm -rf {} + 2>/dev/null || true`.trim();

const POLKIT_ON_BUS =
  "busctl call org.freedesktop.DBus /org/freedesktop/DBus org.freedesktop.DBus NameHasOwner s org.freedesktop.PolicyKit1 | grep true";

/** Compute, where the servers run: nova-compute with libvirt and QEMU. */
export const novaCompute: Service = {
  id: "nova-compute",
  title: "Nova on the compute nodes",
  module: "001",
  steps: [
    {
      id: "nova-compute/install-packages",
      title: "Install nova-compute, libvirt and QEMU",
      why: "nova-compute takes orders from the queue, libvirt turns them into virtual machines, and QEMU runs the machines.",
      role: "compute",
      after: BEFORE_PACKAGES,
      action: {
        kind: "packages",
        names: [
          "nova-compute",
          // Despite its name it is also for emulation. nova-compute-qemu would install QEMU for all other processors.
          "nova-compute-kvm",
          "libvirt-daemon-system",
          "libvirt-clients",
          "qemu-system-x86",
          "qemu-utils",
        ],
      },
      see: "nova-compute is installed and does not run yet",
    },
    {
      id: "nova-compute/reload-bus",
      title: "Let polkit onto the message bus",
      why: "libvirt asks polkit who may connect. polkit was installed while the message bus was running, and the bus accepts polkit's name only after it reads its rules again.",
      role: "compute",
      after: ["nova-compute/install-packages"],
      action: {
        kind: "command",
        run: `
systemctl reload dbus
systemctl restart polkit
`.trim(),
        waits: [{ what: "polkit owns its name on the bus", ready: POLKIT_ON_BUS, seconds: 20 }],
        holds: POLKIT_ON_BUS,
      },
      see: "polkit owns its name on the bus",
    },
    {
      id: "nova-compute/start-libvirt",
      title: "Start libvirt",
      why: "nova-compute connects to libvirt as soon as it starts. libvirtd itself starts when somebody connects to its socket.",
      role: "compute",
      after: ["nova-compute/reload-bus", "base/keep-trying"],
      action: {
        kind: "unit",
        units: ["virtlogd.socket", "libvirtd.socket"],
        ready: "virsh --connect qemu:///system version",
      },
      see: "virsh shows the versions of libvirt and QEMU",
      checks: [
        {
          name: "domain-capabilities",
          expect: `libvirt offers machines of type ${fact("virt_type")}`,
          run: `virsh --connect qemu:///system domcapabilities --virttype ${fact("virt_type")} | grep -m 1 '<domain>'`,
        },
      ],
    },
    {
      id: "nova-compute/configure",
      title: "Configure nova-compute",
      why: "nova-compute needs the broker and Keystone, but no database: it asks the conductor. Servers that ran before a reboot run again after it.",
      role: "compute",
      after: ["nova-compute/install-packages"],
      action: {
        kind: "ini",
        file: "/etc/nova/nova.conf",
        owner: "root:nova",
        mode: "0640",
        set: {
          ...NOVA_COMMON,
          DEFAULT: {
            ...NOVA_COMMON.DEFAULT,
            resume_guests_state_on_host_boot: "true",
            reserved_host_memory_mb: "512",
          },
          database: { connection: null },
          vnc: {
            enabled: "true",
            server_listen: self("address"),
            server_proxyclient_address: self("address"),
            novncproxy_base_url: CONSOLE_URL,
          },
        },
      },
      see: "nova.conf names the broker, Keystone and Placement, and no database",
    },
    {
      id: "nova-compute/choose-hypervisor",
      title: "Choose how QEMU runs servers",
      why: "With KVM, QEMU uses the processor directly. On a node without KVM, QEMU emulates a processor, which is slower and works everywhere. `lab` tested this on the node by running a guest.",
      role: "compute",
      action: {
        kind: "ini",
        file: "/etc/nova/nova-compute.conf",
        owner: "root:root",
        mode: "0644",
        set: {
          DEFAULT: { compute_driver: "libvirt.LibvirtDriver" },
          libvirt: { virt_type: fact("virt_type") },
        },
      },
      see: "nova-compute.conf names one of the two",
    },
    {
      id: "nova-compute/set-identity",
      title: "Give the compute node its identity",
      why: "Nova and Placement know a compute node by a UUID, which is in this file. nova-compute makes one up when it starts for the first time, and refuses to start when it is lost later. Here it follows from the node's name, so that Nova recognizes a node that was built anew.",
      role: "compute",
      after: ["nova-compute/install-packages"],
      action: {
        kind: "command",
        run: `install --owner=nova --group=nova --mode=0644 /dev/stdin ${IDENTITY} <<'END'\n${self("uuid")}\nEND`,
        // Whichever it has: Nova knows the node by it.
        holds: `grep -xE '[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}' ${IDENTITY}`,
        undo: `rm -f ${IDENTITY}`,
      },
      see: "a file with a UUID",
    },
    {
      id: "nova-compute/start",
      title: "Start nova-compute",
      why: "When nova-compute starts for the first time, it reports the node's resources to Placement, and itself to the conductor.",
      role: "compute",
      after: [
        "nova-compute/choose-hypervisor",
        "nova-compute/set-identity",
        "nova-compute/start-libvirt",
        "nova/start",
        "nova/create-identity",
        "placement/start",
        "placement/create-identity",
        "base/name-resolution",
      ],
      action: {
        kind: "unit",
        units: ["nova-compute"],
        reports: reports("nova", ["nova-compute"]),
        timeout: 180,
        undo: REMOVE_SERVERS,
      },
      see: "nova-compute is active and reports to Nova",
    },
    {
      id: "nova-compute/discover-hosts",
      title: "Add the compute nodes to the cell",
      why: "Nova uses a new compute node only after it is mapped to a cell.",
      role: "control",
      after: ["nova-compute/start"],
      action: {
        kind: "command",
        // By service: of a node that Nova forgot and that is back, its record says that it is mapped already.
        run: `
${FORGET}
for host in $(${sql(HOSTS)}); do
  case " ${lab("compute_nodes")} " in *" $host "*) ;; *) echo "$host is no compute node of this lab any more"; forget "$host" ;; esac
done
su -s /bin/sh -c 'nova-manage cell_v2 discover_hosts --by-service --verbose' nova
for host in $(${sql(DISABLED)}); do
  echo "enabling nova-compute on $host"
  timeout 60 openstack compute service set --enable "$host" nova-compute
done`.trim(),
        undo: `
${FORGET}
for host in $(${sql(HOSTS)} 2>/dev/null || true); do forget "$host" || true; done`.trim(),
        holds: `
unregistered=$(${sql(UNREGISTERED)})
counts=$(${sql(MAPPED)})
mapped=\${counts% *}
unmapped=\${counts#* }
echo "compute nodes: $mapped in a cell, $unmapped not, $unregistered not registered yet"
for host in $(${sql(HOSTS)}); do
  case " ${lab("compute_nodes")} " in *" $host "*) ;; *) echo "$host is no compute node of this lab"; exit 1 ;; esac
done
[ "$mapped" -gt 0 ]
[ "$unmapped" = 0 ]
[ "$unregistered" = 0 ]
disabled=$(${sql(DISABLED)})
[ -z "$disabled" ] || { echo "disabled: $disabled"; exit 1; }`.trim(),
      },
      see: "the compute nodes belong to cell1",
      checks: [
        {
          name: "services-up",
          expect: "every nova-compute reports to the database",
          run: `
list=$(openstack --os-cloud admin compute service list --service nova-compute -f value -c Host -c Status -c State)
echo "$list" | tr '\\n' ';'
[ -n "$list" ]
if echo "$list" | grep -qv ' enabled up$'; then exit 1; fi`.trim(),
        },
        {
          name: "hypervisors",
          expect: "Placement knows the resources of every compute node",
          run: `
list=$(${sql(`SELECT CONCAT(n.hypervisor_hostname, ' has ', COUNT(i.id), ' inventories') FROM nova.compute_nodes n
  LEFT JOIN placement.resource_providers p ON p.uuid COLLATE utf8mb3_general_ci = n.uuid LEFT JOIN placement.inventories i ON i.resource_provider_id = p.id
  WHERE n.deleted = 0 GROUP BY n.uuid`)})
echo "$list"
[ -n "$list" ]
if echo "$list" | grep -q 'has 0 inventories'; then exit 1; fi`.trim(),
        },
      ],
    },
  ],
};
