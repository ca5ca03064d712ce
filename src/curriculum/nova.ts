import { answers, apiAnswers, BEFORE_PACKAGES, databaseLogin, portOpen } from "./checks.ts";
import { NOVA_COMMON } from "./nova-options.ts";
import { database, reports, workers } from "./oslo.ts";
import { address, secret, self, setting } from "./tokens.ts";
import type { Service } from "./types.ts";

const databaseOf = (name: string) =>
  ({ kind: "database", name, user: "nova", password: secret("nova/database") }) as const;

/** Compute on the control node: API, scheduler, conductor, console proxy. */
export const nova: Service = {
  id: "nova",
  title: "Nova",
  module: "001",
  steps: [
    {
      id: "nova/install-packages",
      title: "Install Nova's control services",
      why: "nova-api takes requests, nova-scheduler chooses a node, nova-conductor talks to the database for the compute nodes, and the proxy connects consoles to a browser.",
      role: "control",
      after: BEFORE_PACKAGES,
      action: {
        kind: "packages",
        names: ["nova-api", "nova-scheduler", "nova-conductor", "nova-consoleproxy"],
      },
      see: "Nova's control services are installed and do not run yet",
    },
    {
      id: "nova/create-api-database",
      title: "Create Nova's API database",
      why: "This database holds what concerns the whole cloud: flavors, quotas, and the cell of each server.",
      role: "control",
      after: ["mariadb/start"],
      action: databaseOf("nova_api"),
      see: "an empty database nova_api that belongs to the user nova",
      checks: [databaseLogin("nova", "nova_api")],
    },
    {
      id: "nova/create-cell-database",
      title: "Create the database of the first cell",
      why: "A cell is a group of compute nodes with its own database and message queue. Every cloud has at least one.",
      role: "control",
      after: ["nova/create-api-database"],
      action: databaseOf("nova"),
      see: "an empty database nova that belongs to the user nova",
      checks: [databaseLogin("nova")],
    },
    {
      id: "nova/create-cell0-database",
      title: "Create the database of cell 0",
      why: "Cell 0 has no compute nodes. It holds the servers for which the scheduler found no node.",
      role: "control",
      after: ["nova/create-cell-database"],
      action: databaseOf("nova_cell0"),
      see: "an empty database nova_cell0 that belongs to the user nova",
      checks: [databaseLogin("nova", "nova_cell0")],
    },
    {
      id: "nova/configure",
      title: "Configure Nova's control services",
      why: "The services need to know their databases, the message broker, Keystone and Placement. Debian's default console is SPICE, which Debian's small QEMU does not support. VNC works everywhere.",
      role: "control",
      after: ["nova/install-packages"],
      action: {
        kind: "ini",
        file: "/etc/nova/nova.conf",
        owner: "root:nova",
        mode: "0640",
        set: {
          ...NOVA_COMMON,
          api_database: database("nova", "nova_api"),
          database: database("nova"),
          scheduler: { workers: "1" },
          conductor: { workers: "1" },
          vnc: { enabled: "true", novncproxy_host: self("address") },
        },
      },
      see: "nova.conf names two databases, the broker, Keystone and Placement",
    },
    {
      id: "nova/tune",
      title: "Let Nova's API run few workers",
      why: "Nova-api runs as two processes of one thread. Nova's eventlet does not work with threads: the second request to create a server would hang.",
      role: "control",
      after: ["nova/install-packages"],
      action: {
        kind: "ini",
        file: "/etc/nova/nova-api-uwsgi.ini",
        owner: "root:root",
        mode: "0644",
        set: workers(),
      },
      see: "nova-api-uwsgi.ini sets few processes of one thread",
    },
    {
      id: "nova/choose-console",
      title: "Choose the VNC console proxy",
      why: "The package contains proxies for VNC, SPICE and serial consoles. It starts only the one that you choose.",
      role: "control",
      after: ["nova/install-packages"],
      action: {
        kind: "file",
        path: "/etc/default/nova-consoleproxy",
        content: "NOVA_CONSOLE_PROXY_TYPE=novnc\nNOVA_SERIAL_PROXY_START=false",
      },
      see: "/etc/default/nova-consoleproxy says novnc",
    },
    {
      id: "nova/stop-other-consoles",
      title: "Disable the other console proxies",
      why: "The packages enabled them, and here they would only use memory.",
      role: "control",
      after: ["nova/choose-console"],
      action: { kind: "unit", units: ["nova-spicehtml5proxy", "nova-serialproxy"], running: false },
      see: "nova-spicehtml5proxy and nova-serialproxy are stopped and disabled",
    },
    {
      id: "nova/stop-metadata",
      title: "Disable the metadata service",
      why: "The metadata service tells a server its name and keys over the network. This lab has no network yet.",
      role: "control",
      until: "lab002",
      after: ["nova/install-packages"],
      action: { kind: "unit", units: ["nova-api-metadata"], running: false },
      see: "nova-api-metadata is stopped and disabled",
    },
    {
      id: "nova/populate-api-database",
      title: "Create the tables of the API database",
      why: "Nova uses one tool, nova-manage, for all of its databases.",
      role: "control",
      after: ["nova/configure", "nova/create-api-database"],
      action: {
        kind: "schema",
        database: "nova_api",
        run: "su -s /bin/sh -c 'nova-manage api_db sync' nova",
      },
      see: "the database nova_api contains its tables",
    },
    {
      id: "nova/populate-cell-database",
      title: "Create the tables of the first cell",
      why: "These tables have rows for servers, their disks and the compute nodes.",
      role: "control",
      after: ["nova/configure", "nova/create-cell-database"],
      action: {
        kind: "schema",
        database: "nova",
        run: "su -s /bin/sh -c 'nova-manage db sync --local_cell' nova",
      },
      see: "the database nova contains its tables",
    },
    {
      id: "nova/populate-cell0-database",
      title: "Create the tables of cell 0",
      why: "Cell 0 has the same tables as every other cell. It is faster to copy the new tables than to run all migrations again.",
      role: "control",
      after: ["nova/populate-cell-database", "nova/create-cell0-database"],
      action: {
        kind: "schema",
        database: "nova_cell0",
        run: `
mariadb-dump --no-data nova | mariadb nova_cell0
mariadb-dump nova alembic_version | mariadb nova_cell0`.trim(),
      },
      see: "the database nova_cell0 contains the same tables as nova",
    },
    {
      id: "nova/map-cells",
      title: "Tell the API where its cells are",
      why: "The API database stores the database and the queue of each cell. Nova replaces the words in braces by values from nova.conf, so that no password is stored twice.",
      role: "control",
      after: ["nova/populate-api-database"],
      action: {
        kind: "command",
        run: `
names=$(mariadb --batch --skip-column-names --execute='SELECT name FROM nova_api.cell_mappings')
case $names in *cell0*) ;; *)
  su -s /bin/sh -c 'nova-manage cell_v2 map_cell0 --database_connection {scheme}://{username}:{password}@{hostname}/nova_cell0' nova ;;
esac
case $names in *cell1*) ;; *)
  su -s /bin/sh -c 'nova-manage cell_v2 create_cell --name cell1 --database_connection {scheme}://{username}:{password}@{hostname}/nova --transport-url {scheme}://{username}:{password}@{hostname}:{port}/' nova ;;
esac`.trim(),
        holds: `
names=$(mariadb --batch --skip-column-names --execute='SELECT name FROM nova_api.cell_mappings ORDER BY name' | tr '\\n' ' ')
echo "cells: $names"
for cell in cell0 cell1; do
  case " $names" in *" $cell "*) ;; *) echo "$cell is not mapped: $names"; exit 1 ;; esac
done`.trim(),
      },
      see: "cell0 and cell1 are mapped",
    },
    {
      id: "nova/create-identity",
      title: "Register Nova with Keystone",
      why: "Nova needs a user to check tokens and to call Glance, Placement and Cinder. Clients look up its endpoint in the catalog.",
      role: "control",
      after: ["keystone/create-service-project"],
      action: {
        kind: "identity",
        users: [
          {
            name: "nova",
            password: secret("nova/service"),
            project: "service",
            roles: ["admin", "service"],
            units: ["nova-api"],
          },
        ],
        services: [
          {
            name: "nova",
            type: "compute",
            description: "OpenStack Compute",
            url: `http://${address("control")}:8774/v2.1`,
            region: setting("region"),
          },
        ],
      },
      see: "a user nova, and a service of type compute with three endpoints",
    },
    {
      id: "nova/start",
      title: "Start Nova's control services",
      why: "The services have their tables, their cells and their configuration.",
      role: "control",
      after: [
        "nova/populate-cell0-database",
        "nova/map-cells",
        // Scheduler and conductor log in when they start. They end if they cannot.
        "nova/create-identity",
        "nova/tune",
        "nova/choose-console",
        "rabbitmq/create-user",
        "memcached/start",
        "base/keep-trying",
      ],
      action: {
        kind: "unit",
        units: ["nova-api", "nova-scheduler", "nova-conductor", "nova-novncproxy"],
        ready: `${answers(8774)}\n${portOpen(self("address"), 6080)}`,
        reports: reports("nova", ["nova-scheduler", "nova-conductor"]),
        timeout: 180,
      },
      see: "four services are active, the API answers on port 8774, and scheduler and conductor report",
      checks: [
        apiAnswers(8774),
        {
          name: "services-up",
          expect: "nova-scheduler and nova-conductor report to the database",
          run: `
list=$(openstack --os-cloud admin compute service list -f value -c Binary -c Host -c State)
echo "$list" | tr '\\n' ';'
echo "$list" | grep -q '^nova-scheduler .* up$'
echo "$list" | grep -q '^nova-conductor .* up$'
if echo "$list" | grep -q ' down$'; then exit 1; fi`.trim(),
        },
      ],
    },
    {
      id: "nova/configure-metadata",
      title: "Let Nova believe Neutron's metadata agent",
      why: "A server asks for its name and keys over the network. Neutron's agent forwards the request with the server's id, signed with a secret that Nova and the agent share.",
      role: "control",
      after: ["nova/configure"],
      from: "lab002",
      action: {
        kind: "ini",
        file: "/etc/nova/nova.conf",
        owner: "root:nova",
        mode: "0640",
        set: {
          neutron: {
            service_metadata_proxy: "true",
            metadata_proxy_shared_secret: secret("neutron/metadata"),
          },
        },
      },
      see: "nova.conf contains the secret that Nova shares with Neutron",
    },
    {
      id: "nova/tune-metadata",
      title: "Let the metadata service run one worker",
      why: "Each server asks it only once, at boot.",
      role: "control",
      after: ["nova/install-packages"],
      from: "lab002",
      action: {
        kind: "ini",
        file: "/etc/nova/nova-api-metadata-uwsgi.ini",
        owner: "root:root",
        mode: "0644",
        set: { uwsgi: { ...workers().uwsgi, processes: "1" } },
        repeated: { uwsgi: ["processes"] },
      },
      see: "nova-api-metadata-uwsgi.ini sets one process of one thread",
    },
    {
      id: "nova/start-metadata",
      title: "Start the metadata service",
      why: "The metadata service is part of Nova. It has its own port, and answers only requests that come through Neutron's agent.",
      role: "control",
      after: ["nova/start", "nova/configure-metadata", "nova/tune-metadata"],
      from: "lab002",
      action: { kind: "unit", units: ["nova-api-metadata"], ready: answers(8775), timeout: 180 },
      see: "nova-api-metadata is active and answers on port 8775",
    },
  ],
};
