import { answers, apiAnswers, BEFORE_PACKAGES, databaseLogin } from "./checks.ts";
import { NEUTRON_COMMON, PHYSICAL_NETWORK } from "./neutron-options.ts";
import { authToken, database, login, workers } from "./oslo.ts";
import { address, secret, setting } from "./tokens.ts";
import type { Service } from "./types.ts";

const ML2 = "/etc/neutron/plugins/ml2/ml2_conf.ini";

/** Networking on the control node: API and RPC server. Called Quantum until 2013. */
export const neutron: Service = {
  id: "neutron",
  title: "Neutron",
  module: "002",
  steps: [
    {
      id: "neutron/install-packages",
      title: "Install Neutron's API and RPC server",
      why: "The former quantum-server consists of two services today: neutron-api takes requests, and neutron-rpc-server talks to the agents on the nodes.",
      role: "control",
      after: BEFORE_PACKAGES,
      action: { kind: "packages", names: ["neutron-api", "neutron-rpc-server"] },
      see: "neutron-api and neutron-rpc-server are installed and do not run yet",
    },
    {
      id: "neutron/create-database",
      title: "Create Neutron's database",
      why: "This database has rows for networks, subnets, ports and routers, and for the agents and their nodes.",
      role: "control",
      after: ["mariadb/start"],
      action: { kind: "database", name: "neutron", user: "neutron", password: secret("neutron/database") },
      see: "an empty database neutron that belongs to the user neutron",
      checks: [databaseLogin("neutron")],
    },
    {
      id: "neutron/configure",
      title: "Configure Neutron",
      why: "Neutron needs to know its database, the broker and Keystone. It also needs a login for Nova, because it tells Nova when a port is ready. A server starts only after that.",
      role: "control",
      after: ["neutron/install-packages"],
      action: {
        kind: "ini",
        file: "/etc/neutron/neutron.conf",
        owner: "root:neutron",
        mode: "0660",
        set: {
          ...NEUTRON_COMMON,
          DEFAULT: {
            ...NEUTRON_COMMON.DEFAULT,
            core_plugin: "ml2",
            // Debian adds metering and quality of service, which no agent of this lab supports.
            service_plugins: "router",
            rpc_workers: "1",
            // There are few agents: the one worker handles their reports too.
            rpc_state_report_workers: "0",
          },
          database: database("neutron"),
          keystone_authtoken: authToken("neutron"),
          nova: login("neutron"),
        },
      },
      see: "neutron.conf names the database, the broker, Keystone, and a login for Nova",
    },
    {
      id: "neutron/configure-networks",
      title: "Say what kinds of networks there are",
      why: "ML2 is the plugin that combines types of networks with mechanisms that implement them. Tenants get VXLAN tunnels, the outside is a flat network, and Open vSwitch implements both.",
      role: "control",
      after: ["neutron/install-packages"],
      action: {
        kind: "ini",
        file: ML2,
        owner: "root:root",
        mode: "0644",
        set: {
          ml2: {
            type_drivers: "flat,vxlan",
            tenant_network_types: "vxlan",
            mechanism_drivers: "openvswitch",
            extension_drivers: "port_security",
          },
          ml2_type_flat: { flat_networks: PHYSICAL_NETWORK },
          ml2_type_vxlan: { vni_ranges: "1:1000" },
        },
      },
      see: "ml2_conf.ini names flat and VXLAN networks, and Open vSwitch",
    },
    {
      id: "neutron/tune",
      title: "Let Neutron's API run few workers",
      why: "The package sets eight processes, and each would use more than 100 MB.",
      role: "control",
      after: ["neutron/install-packages"],
      action: {
        kind: "ini",
        file: "/etc/neutron/neutron-api-uwsgi.ini",
        owner: "root:root",
        mode: "0644",
        set: workers(),
      },
      see: "neutron-api-uwsgi.ini sets few processes of one thread",
    },
    {
      id: "neutron/populate-database",
      title: "Create Neutron's tables",
      why: "The tool applies the changes of every release one after the other, from the first one on. This takes a while.",
      role: "control",
      after: ["neutron/create-database", "neutron/configure", "neutron/configure-networks"],
      action: {
        kind: "schema",
        database: "neutron",
        run: `su -s /bin/sh -c 'neutron-db-manage --config-file /etc/neutron/neutron.conf --config-file ${ML2} upgrade heads' neutron`,
      },
      see: "the database contains Neutron's tables",
    },
    {
      id: "neutron/create-identity",
      title: "Register Neutron with Keystone",
      why: "Neutron needs a user to check tokens and to call Nova. Clients look up its endpoint in the catalog.",
      role: "control",
      after: ["keystone/create-service-project"],
      action: {
        kind: "identity",
        users: [
          {
            name: "neutron",
            password: secret("neutron/service"),
            project: "service",
            roles: ["admin", "service"],
            units: ["neutron-api"],
          },
        ],
        services: [
          {
            name: "neutron",
            type: "network",
            description: "OpenStack Networking",
            url: `http://${address("control")}:9696`,
            region: setting("region"),
          },
        ],
      },
      see: "a user neutron, and a service of type network with three endpoints",
    },
    {
      id: "neutron/stop-stand-in",
      title: "Stop what stood in for the network service",
      why: "A lab that continues Lab001 still runs the stand-in, on the port that Neutron needs.",
      role: "control",
      after: [],
      action: { kind: "unit", units: ["no-network"], running: false },
      see: "no unit called no-network runs",
    },
    {
      id: "neutron/start",
      title: "Start Neutron",
      why: "Neutron has its tables and its configuration.",
      role: "control",
      after: [
        "neutron/populate-database",
        "neutron/create-identity",
        "neutron/tune",
        "neutron/stop-stand-in",
        "rabbitmq/create-user",
        "memcached/start",
        "base/keep-trying",
      ],
      action: {
        kind: "unit",
        units: ["neutron-api", "neutron-rpc-server"],
        ready: answers(9696),
        timeout: 180,
      },
      see: `two services are active, and the API answers on port 9696 in region ${setting("region")}`,
      checks: [
        apiAnswers(9696),
        {
          name: "networks-listed",
          expect: "the client gets a list of networks",
          run: "list=$(openstack --os-cloud admin network list -f value -c Name)\necho $list",
        },
      ],
    },
  ],
};
