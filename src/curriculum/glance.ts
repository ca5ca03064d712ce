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
      why: "Glance keeps disk images and tells what they are: format, size, which kernel they boot with.",
      role: "control",
      after: BEFORE_PACKAGES,
      action: { kind: "packages", names: ["glance-api"] },
      see: "glance-api is installed and does not run yet",
    },
    {
      id: "glance/create-database",
      title: "Create Glance's database",
      why: "What is known of an image is kept here; the image itself lies in a store.",
      role: "control",
      after: ["mariadb/start"],
      action: { kind: "database", name: "glance", user: "glance", password: secret("glance/database") },
      see: "an empty database glance that belongs to the user glance",
      checks: [databaseLogin("glance")],
    },
    {
      id: "glance/configure",
      title: "Configure Glance",
      why: "It must know its database, how to have tokens checked, and where images are stored: in files on this node. It serves everybody from one process, without workers.",
      role: "control",
      after: ["glance/install-packages"],
      action: {
        kind: "ini",
        file: "/etc/glance/glance-api.conf",
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
      why: "Glance's own tool makes them.",
      role: "control",
      after: ["glance/create-database", "glance/configure"],
      action: { kind: "schema", database: "glance", run: "su -s /bin/sh -c 'glance-manage db_sync' glance" },
      see: "the database holds Glance's tables",
    },
    {
      id: "glance/create-identity",
      title: "Register Glance with Keystone",
      why: "Glance needs a user to check tokens with, and clients find it by its endpoint in the catalog.",
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
      why: "It has its tables and its configuration.",
      role: "control",
      after: ["glance/populate-database", "glance/create-identity", "memcached/start", "base/keep-trying"],
      action: { kind: "unit", units: ["glance-api"], ready: answers(9292) },
      see: "glance-api is active and answers on port 9292",
      checks: [apiAnswers(9292)],
    },
  ],
};
