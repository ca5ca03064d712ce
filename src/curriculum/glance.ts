import { answers, apiAnswers, BEFORE_PACKAGES, databaseLogin } from "./checks.ts";
import { authToken, database } from "./oslo.ts";
import { address, secret, setting } from "./tokens.ts";
import type { Service } from "./types.ts";

/** Images: the disks that servers are started from. */
export const glance: Service = {
  id: "glance",
  title: "Glance",
  module: "001",
  steps: [
    {
      id: "glance/install-packages",
      title: "Install Glance",
      why: "Glance stores disk images and describes them: their format, their size, and the kernel that they boot with.",
      role: "control",
      after: BEFORE_PACKAGES,
      action: { kind: "packages", names: ["glance-api"] },
      see: "glance-api is installed and does not run yet",
    },
    {
      id: "glance/create-database",
      title: "Create Glance's database",
      why: "This database holds the descriptions of images. The images themselves are in a store.",
      role: "control",
      after: ["mariadb/start"],
      action: { kind: "database", name: "glance", user: "glance", password: secret("glance/database") },
      see: "an empty database glance that belongs to the user glance",
      checks: [databaseLogin("glance")],
    },
    {
      id: "glance/configure",
      title: "Configure Glance",
      why: "Glance needs to know its database, Keystone to have tokens checked, and where it stores images: in files on this node. It runs as one process without workers.",
      role: "control",
      after: ["glance/install-packages"],
      action: {
        kind: "ini",
        file: "/etc/glance/glance-api.conf",
        owner: "root:glance",
        mode: "0640",
        set: {
          DEFAULT: { enabled_backends: "local:file", workers: "0" },
          database: database("glance"),
          glance_store: { default_backend: "local" },
          local: { filesystem_store_datadir: "/var/lib/glance/images/" },
          keystone_authtoken: authToken("glance"),
          paste_deploy: { flavor: "keystone" },
        },
      },
      see: "glance-api.conf names the database, Keystone and one store called local",
    },
    {
      id: "glance/populate-database",
      title: "Create Glance's tables",
      why: "Glance's own tool creates the tables.",
      role: "control",
      after: ["glance/create-database", "glance/configure"],
      action: { kind: "schema", database: "glance", run: "su -s /bin/sh -c 'glance-manage db_sync' glance" },
      see: "the database contains Glance's tables",
    },
    {
      id: "glance/create-identity",
      title: "Register Glance with Keystone",
      why: "Glance needs a user to check tokens, and clients look up its endpoint in the catalog.",
      role: "control",
      after: ["keystone/create-service-project"],
      action: {
        kind: "identity",
        users: [
          {
            name: "glance",
            password: secret("glance/service"),
            project: "service",
            roles: ["admin", "service"],
            units: ["glance-api"],
          },
        ],
        services: [
          {
            name: "glance",
            type: "image",
            description: "OpenStack Image",
            url: `http://${address("control")}:9292`,
            region: setting("region"),
          },
        ],
      },
      see: "a user glance, and a service of type image with three endpoints",
    },
    {
      id: "glance/start",
      title: "Start Glance",
      why: "Glance has its tables and its configuration.",
      role: "control",
      after: ["glance/populate-database", "glance/create-identity", "memcached/start", "base/keep-trying"],
      action: { kind: "unit", units: ["glance-api"], ready: answers(9292) },
      see: "glance-api is active and answers on port 9292",
      checks: [apiAnswers(9292)],
    },
  ],
};
