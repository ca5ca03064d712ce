import { answers, apiAnswers, BEFORE_PACKAGES, databaseLogin } from "./checks.ts";
import { authToken, database, workers } from "./oslo.ts";
import { address, secret, setting } from "./tokens.ts";
import type { Service } from "./types.ts";

/** Resources of every compute node: processors, memory and disk. */
export const placement: Service = {
  id: "placement",
  title: "Placement",
  module: "001",
  steps: [
    {
      id: "placement/install-packages",
      title: "Install Placement",
      why: "Placement counts the resources of each compute node and how much of them is in use. Nova's scheduler asks it first.",
      role: "control",
      after: BEFORE_PACKAGES,
      action: { kind: "packages", names: ["placement-api"] },
      see: "placement-api is installed and does not run yet",
    },
    {
      id: "placement/create-database",
      title: "Create Placement's database",
      why: "This database holds inventories and allocations.",
      role: "control",
      after: ["mariadb/start"],
      action: {
        kind: "database",
        name: "placement",
        user: "placement",
        password: secret("placement/database"),
      },
      see: "an empty database placement that belongs to the user placement",
      checks: [databaseLogin("placement")],
    },
    {
      id: "placement/configure",
      title: "Configure Placement",
      why: "Placement needs to know its database, and Keystone to have tokens checked.",
      role: "control",
      after: ["placement/install-packages"],
      action: {
        kind: "ini",
        file: "/etc/placement/placement.conf",
        owner: "root:placement",
        mode: "0640",
        set: {
          api: { auth_strategy: "keystone" },
          placement_database: database("placement"),
          keystone_authtoken: authToken("placement"),
        },
      },
      see: "placement.conf names the database and Keystone",
    },
    {
      id: "placement/tune",
      title: "Let Placement run few workers",
      why: "Two processes are enough for one trainee.",
      role: "control",
      after: ["placement/install-packages"],
      action: {
        kind: "ini",
        file: "/etc/placement/placement-api-uwsgi.ini",
        owner: "root:root",
        mode: "0644",
        set: workers(),
      },
      see: "placement-api-uwsgi.ini sets few processes of one thread",
    },
    {
      id: "placement/populate-database",
      title: "Create Placement's tables",
      why: "Placement's own tool creates the tables.",
      role: "control",
      after: ["placement/create-database", "placement/configure"],
      action: {
        kind: "schema",
        database: "placement",
        run: "su -s /bin/sh -c 'placement-manage db sync' placement",
      },
      see: "the database contains Placement's tables",
    },
    {
      id: "placement/create-identity",
      title: "Register Placement with Keystone",
      why: "Nova looks up Placement's endpoint in the catalog.",
      role: "control",
      after: ["keystone/create-service-project"],
      action: {
        kind: "identity",
        users: [
          {
            name: "placement",
            password: secret("placement/service"),
            project: "service",
            roles: ["admin", "service"],
            units: ["placement-api"],
          },
        ],
        services: [
          {
            name: "placement",
            type: "placement",
            description: "OpenStack Placement",
            url: `http://${address("control")}:8778`,
            region: setting("region"),
          },
        ],
      },
      see: "a user placement, and a service of type placement with three endpoints",
    },
    {
      id: "placement/start",
      title: "Start Placement",
      why: "The package leaves the service disabled. This step also enables it, so that it starts after a reboot.",
      role: "control",
      after: [
        "placement/populate-database",
        "placement/tune",
        "placement/create-identity",
        "memcached/start",
        "base/keep-trying",
      ],
      action: { kind: "unit", units: ["placement-api"], ready: answers(8778) },
      see: "placement-api is active, enabled, and answers on port 8778",
      checks: [apiAnswers(8778)],
    },
  ],
};
