import { answers, apiAnswers, BEFORE_PACKAGES, databaseLogin, portOpen } from "./checks.ts";
import { NOVA_COMMON } from "./nova-options.ts";
import { database, workers } from "./oslo.ts";
import { address, secret, self, setting } from "./tokens.ts";
import type { Service } from "./types.ts";

const databaseOf = (name: string) =>
  ({ kind: "database", name, user: "nova", password: secret("nova/database") }) as const;

/** Compute, as far as it runs on the control node: API, scheduler, conductor, console proxy. */
export const nova: Service = {
  id: "nova",
  title: "Nova",
  module: "001",
  steps: [
    {
      id: "nova/install-packages",
      title: "Install Nova's control services",
      why: "nova-api takes requests, nova-scheduler chooses a node, nova-conductor speaks to the database for the compute nodes, and the proxy carries consoles to a browser.",
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
      why: "What concerns the whole cloud is kept here: flavors, quotas, and in which cell a server lives.",
      role: "control",
      after: ["mariadb/start"],
      action: databaseOf("nova_api"),
      see: "an empty database nova_api that belongs to the user nova",
      checks: [databaseLogin("nova", "nova_api")],
    },
    {
      id: "nova/create-cell-database",
      title: "Create the database of the first cell",
      why: "A cell is a group of compute nodes with a database and a message queue of its own. Every cloud has at least one.",
      role: "control",
      after: ["nova/create-api-database"],
      action: databaseOf("nova"),
      see: "an empty database nova that belongs to the user nova",
      checks: [databaseLogin("nova")],
    },
    {
      id: "nova/create-cell0-database",
      title: "Create the database of cell 0",
      why: "Servers for which no node was found are kept in cell 0, which has no compute nodes.",
      role: "control",
      after: ["nova/create-cell-database"],
      action: databaseOf("nova_cell0"),
      see: "an empty database nova_cell0 that belongs to the user nova",
      checks: [databaseLogin("nova", "nova_cell0")],
    },
    {
      id: "nova/configure",
      title: "Configure Nova's control services",
      why: "They must know their databases, the message broker, Keystone and Placement. Debian's default is a SPICE console, which its small QEMU lacks; VNC works everywhere.",
      role: "control",
      after: ["nova/install-packages"],
      action: {
        kind: "ini",
        file: "/etc/nova/nova.conf",
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
      why: "Two processes of one thread: threads and Nova's eventlet do not mix, and a second server creation would hang.",
      role: "control",
      after: ["nova/install-packages"],
      action: { kind: "ini", file: "/etc/nova/nova-api-uwsgi.ini", set: workers() },
      see: "nova-api-uwsgi.ini asks for few processes of one thread",
    },
    {
      id: "nova/choose-console",
      title: "Choose the VNC console proxy",
      why: "The package carries proxies for VNC, SPICE and serial consoles, and starts only the chosen one.",
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
      why: "Their packages enabled them; they would only take memory.",
      role: "control",
      after: ["nova/choose-console"],
      action: { kind: "unit", units: ["nova-spicehtml5proxy", "nova-serialproxy"], running: false },
      see: "nova-spicehtml5proxy and nova-serialproxy are stopped and disabled",
    },
    {
      id: "nova/stop-metadata",
      title: "Disable the metadata service",
      why: "It tells a server its name and keys over the network. There is no network in this lab yet.",
      role: "control",
      until: "lab002",
      after: ["nova/install-packages"],
      action: { kind: "unit", units: ["nova-api-metadata"], running: false },
      see: "nova-api-metadata is stopped and disabled",
    },
    {
      id: "nova/populate-api-database",
      title: "Create the tables of the API database",
      why: "Nova has one tool for all of its databases, nova-manage.",
      role: "control",
      after: ["nova/configure", "nova/create-api-database"],
      action: {
        kind: "schema",
        database: "nova_api",
        run: "su -s /bin/sh -c 'nova-manage api_db sync' nova",
      },
      see: "the database nova_api holds its tables",
    },
    {
      id: "nova/populate-cell-database",
      title: "Create the tables of the first cell",
      why: "Servers, their disks and the compute nodes are rows of these tables.",
      role: "control",
      after: ["nova/configure", "nova/create-cell-database"],
      action: {
        kind: "schema",
        database: "nova",
        run: "su -s /bin/sh -c 'nova-manage db sync --local_cell' nova",
      },
      see: "the database nova holds its tables",
    },
    {
      id: "nova/populate-cell0-database",
      title: "Create the tables of cell 0",
      why: "Cell 0 has the tables of any cell. Copying those that were just made is quicker than to run all migrations once more.",
      role: "control",
      after: ["nova/populate-cell-database", "nova/create-cell0-database"],
      action: {
        kind: "schema",
        database: "nova_cell0",
        run: `
mariadb-dump --no-data nova | mariadb nova_cell0
mariadb-dump nova alembic_version | mariadb nova_cell0`.trim(),
      },
      see: "the database nova_cell0 holds the same tables as nova",
    },
    {
      id: "nova/map-cells",
      title: "Tell the API where its cells are",
      why: "The API database holds for each cell its database and its queue. The words in braces are filled in from nova.conf, so no password is written down twice.",
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
[ "$names" = "cell0 cell1 " ]`.trim(),
      },
      see: "cell0 and cell1 are mapped",
    },
    {
      id: "nova/create-identity",
      title: "Register Nova with Keystone",
      why: "Nova needs a user to check tokens and to call Glance, Placement and Cinder with; clients find it by its endpoint.",
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
      why: "They have their tables, their cells and their configuration.",
      role: "control",
      after: [
        "nova/populate-cell0-database",
        "nova/map-cells",
        // Scheduler and conductor log in as they start, and end where they cannot.
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
        timeout: 180,
      },
      see: "four services are active, and the API answers on port 8774",
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
      why: "A server asks for its name and keys over the network. Neutron's agent passes the question on with the server's id, signed with a secret that both know.",
      role: "control",
      after: ["nova/configure"],
      from: "lab002",
      action: {
        kind: "ini",
        file: "/etc/nova/nova.conf",
        set: {
          neutron: {
            service_metadata_proxy: "true",
            metadata_proxy_shared_secret: secret("neutron/metadata"),
          },
        },
      },
      see: "nova.conf has the secret it shares with Neutron",
    },
    {
      id: "nova/tune-metadata",
      title: "Let the metadata service run one worker",
      why: "Servers ask it once, when they boot.",
      role: "control",
      after: ["nova/install-packages"],
      from: "lab002",
      action: {
        kind: "ini",
        file: "/etc/nova/nova-api-metadata-uwsgi.ini",
        set: { uwsgi: { ...workers().uwsgi, processes: "1" } },
        repeated: { uwsgi: ["processes"] },
      },
      see: "nova-api-metadata-uwsgi.ini asks for one process of one thread",
    },
    {
      id: "nova/start-metadata",
      title: "Start the metadata service",
      why: "It is part of Nova, on a port of its own, and answers only what comes by way of Neutron's agent.",
      role: "control",
      after: ["nova/start", "nova/configure-metadata", "nova/tune-metadata"],
      from: "lab002",
      action: { kind: "unit", units: ["nova-api-metadata"], ready: answers(8775), timeout: 180 },
      see: "nova-api-metadata is active and answers on port 8775",
    },
  ],
};
