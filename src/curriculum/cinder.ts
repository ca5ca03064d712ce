import { answers, apiAnswers, BEFORE_PACKAGES, databaseLogin } from "./checks.ts";
import { authToken, BROKER, database, login, reports, TRANSPORT_URL, workers } from "./oslo.ts";
import { address, secret, self, setting } from "./tokens.ts";
import type { Service } from "./types.ts";

/** Volumes: disks that outlive a server. There is no backend yet, only the API and the scheduler. */
export const cinder: Service = {
  id: "cinder",
  title: "Cinder",
  module: "001",
  steps: [
    {
      id: "cinder/install-packages",
      title: "Install Cinder's control services",
      why: "cinder-api takes requests for volumes, and cinder-scheduler chooses where to create a volume.",
      role: "control",
      after: BEFORE_PACKAGES,
      action: { kind: "packages", names: ["cinder-api", "cinder-scheduler"] },
      see: "cinder-api and cinder-scheduler are installed and do not run yet",
    },
    {
      id: "cinder/create-database",
      title: "Create Cinder's database",
      why: "This database holds volumes, snapshots and attachments.",
      role: "control",
      after: ["mariadb/start"],
      action: { kind: "database", name: "cinder", user: "cinder", password: secret("cinder/database") },
      see: "an empty database cinder that belongs to the user cinder",
      checks: [databaseLogin("cinder")],
    },
    {
      id: "cinder/configure",
      title: "Configure Cinder's control services",
      why: "The services need to know their database, the broker and Keystone. Debian's configuration names an LVM backend that does not exist here. This step removes it until there is one.",
      role: "control",
      after: ["cinder/install-packages"],
      action: {
        kind: "ini",
        file: "/etc/cinder/cinder.conf",
        owner: "root:cinder",
        mode: "0640",
        set: {
          DEFAULT: {
            my_ip: self("address"),
            transport_url: TRANSPORT_URL,
            auth_strategy: "keystone",
            glance_api_servers: `http://${address("control")}:9292`,
            enabled_backends: null,
            // The scheduler waits this long for volume services to report, and counts as down meanwhile.
            scheduler_driver_init_wait_time: "2",
            os_region_name: setting("region"),
          },
          oslo_messaging_rabbit: BROKER,
          database: database("cinder"),
          keystone_authtoken: authToken("cinder"),
          service_user: { ...login("cinder"), send_service_user_token: "true" },
        },
      },
      see: "cinder.conf names the database, the broker and Keystone, and no backend",
    },
    {
      id: "cinder/tune",
      title: "Let Cinder's API run few workers",
      why: "Two processes of one thread are enough for one trainee.",
      role: "control",
      after: ["cinder/install-packages"],
      action: {
        kind: "ini",
        file: "/etc/cinder/cinder-api-uwsgi.ini",
        owner: "root:root",
        mode: "0644",
        set: workers(),
      },
      see: "cinder-api-uwsgi.ini sets few processes of one thread",
    },
    {
      id: "cinder/populate-database",
      title: "Create Cinder's tables",
      why: "Cinder's own tool creates the tables.",
      role: "control",
      after: ["cinder/create-database", "cinder/configure"],
      action: { kind: "schema", database: "cinder", run: "su -s /bin/sh -c 'cinder-manage db sync' cinder" },
      see: "the database contains Cinder's tables",
    },
    {
      id: "cinder/create-identity",
      title: "Register Cinder with Keystone",
      why: "Nova and the clients look up Cinder's endpoint in the catalog, under the type of its third API version.",
      role: "control",
      after: ["keystone/create-service-project"],
      action: {
        kind: "identity",
        users: [
          {
            name: "cinder",
            password: secret("cinder/service"),
            project: "service",
            roles: ["admin", "service"],
            units: ["cinder-api"],
          },
        ],
        services: [
          {
            name: "cinderv3",
            type: "volumev3",
            description: "OpenStack Block Storage",
            url: `http://${address("control")}:8776/v3`,
            region: setting("region"),
          },
        ],
      },
      see: "a user cinder, and a service of type volumev3 with three endpoints",
    },
    {
      id: "cinder/start",
      title: "Start Cinder's control services",
      why: "The services have their tables and their configuration. The volume service comes later.",
      role: "control",
      after: [
        "cinder/populate-database",
        "cinder/tune",
        "cinder/create-identity",
        "rabbitmq/create-user",
        "memcached/start",
        "base/keep-trying",
      ],
      action: {
        kind: "unit",
        units: ["cinder-api", "cinder-scheduler"],
        ready: answers(8776),
        reports: reports("cinder", ["cinder-scheduler"]),
      },
      see: "cinder-api and cinder-scheduler are active, and the API answers on port 8776",
      checks: [
        apiAnswers(8776),
        {
          name: "services-up",
          expect: "cinder-scheduler reports to the database",
          run: `
list=$(openstack --os-cloud admin volume service list -f value -c Binary -c Host -c State)
echo "$list" | tr '\\n' ';'
echo "$list" | grep -q '^cinder-scheduler .* up$'`.trim(),
        },
      ],
    },
  ],
};
