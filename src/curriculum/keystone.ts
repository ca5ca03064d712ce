import { answers, apiAnswers, BEFORE_PACKAGES, databaseLogin } from "./checks.ts";
import { database, KEYSTONE_URL, MEMCACHED, workers } from "./oslo.ts";
import { secret, self, setting } from "./tokens.ts";
import type { Service } from "./types.ts";

/** Shell that asks for a token as the administrator. The password is in the request, which comes from stdin. */
const REQUEST_TOKEN = `curl --silent --show-error --fail --max-time 20 --header 'Content-Type: application/json' --data @- ${KEYSTONE_URL}/auth/tokens`;
const LOGIN = `
{"auth": {"identity": {"methods": ["password"], "password": {"user": {"name": "admin", "domain": {"id": "default"}, "password": "${secret("keystone/admin")}"}}},
 "scope": {"project": {"name": "admin", "domain": {"id": "default"}}}}}`.trim();

/** Identity: who somebody is, what they may do, and where each service answers. */
export const keystone: Service = {
  id: "keystone",
  title: "Keystone",
  module: "001",
  steps: [
    {
      id: "keystone/install-packages",
      title: "Install Keystone",
      why: "Keystone is the first service of OpenStack: all others ask it who sends a request. This step also installs the command-line client.",
      role: "control",
      after: BEFORE_PACKAGES,
      action: { kind: "packages", names: ["keystone", "python3-openstackclient"] },
      see: "keystone is installed and does not run yet",
    },
    {
      id: "keystone/create-database",
      title: "Create Keystone's database",
      why: "This database holds users, projects, roles and the service catalog. Its user can access this database and no other.",
      role: "control",
      after: ["mariadb/start"],
      action: {
        kind: "database",
        name: "keystone",
        user: "keystone",
        password: secret("keystone/database"),
      },
      see: "an empty database keystone that belongs to the user keystone",
      checks: [databaseLogin("keystone")],
    },
    {
      id: "keystone/configure",
      title: "Configure Keystone",
      why: "Keystone needs to know its database. It issues Fernet tokens, which contain all their data and are encrypted, so it stores nothing for them. Passwords in this lab are long and random, so few hashing rounds are enough.",
      role: "control",
      after: ["keystone/install-packages"],
      action: {
        kind: "ini",
        file: "/etc/keystone/keystone.conf",
        owner: "root:keystone",
        mode: "0640",
        set: {
          database: database("keystone"),
          token: { provider: "fernet", expiration: "14400" },
          cache: { enabled: "true", backend: "oslo_cache.memcache_pool", memcache_servers: MEMCACHED },
          identity: { password_hash_rounds: "4" },
        },
      },
      see: "keystone.conf names the database and the token provider",
    },
    {
      id: "keystone/tune",
      title: "Let Keystone run few workers",
      why: "Debian runs eight processes of 32 threads for each API. Two processes of one thread are enough for one trainee.",
      role: "control",
      after: ["keystone/install-packages"],
      action: {
        kind: "ini",
        file: "/etc/keystone/keystone-uwsgi.ini",
        owner: "root:root",
        mode: "0644",
        set: workers(),
      },
      see: "keystone-uwsgi.ini sets few processes of one thread",
    },
    {
      id: "keystone/populate-database",
      title: "Create Keystone's tables",
      why: "Keystone's own tool creates the tables. The same tool updates them to a newer release later.",
      role: "control",
      after: ["keystone/create-database", "keystone/configure"],
      action: {
        kind: "schema",
        database: "keystone",
        run: "su -s /bin/sh -c 'keystone-manage db_sync' keystone",
      },
      see: "the database contains Keystone's tables",
    },
    {
      id: "keystone/create-keys",
      title: "Create the keys for tokens and credentials",
      why: "Keystone encrypts and signs Fernet tokens with keys that nobody else has. Without keys it cannot issue tokens.",
      role: "control",
      after: ["keystone/install-packages"],
      action: {
        kind: "command",
        // Setup leaves a repository alone that has the key 0. Where this is the only one, rotation takes it into use.
        run: `
for kind in fernet credential; do
  keys=/etc/keystone/$kind-keys
  if [ -d "$keys" ]; then chown -R keystone:keystone "$keys"; chmod -R u=rwX,go= "$keys"; fi
  runuser -u keystone -- keystone-manage "\${kind}_setup" --keystone-user keystone --keystone-group keystone
  [ "$(ls "$keys")" != 0 ] || runuser -u keystone -- keystone-manage "\${kind}_rotate" --keystone-user keystone --keystone-group keystone
done`.trim(),
        // Rotation numbers keys upwards and removes old ones: the highest is in use, and 0 is the next one.
        holds: `
for keys in /etc/keystone/fernet-keys /etc/keystone/credential-keys; do
  [ "$(find "$keys" -maxdepth 1 -type f -size +0 -regex '.*/[1-9][0-9]*' | wc -l)" -gt 0 ] || { echo "$keys has no key in use"; exit 1; }
  [ -s "$keys/0" ] || { echo "$keys has no next key: 0 is missing"; exit 1; }
  wrong=$(find "$keys" \\( ! -user keystone -o ! -group keystone -o -perm /077 \\) | head -n 1)
  [ -z "$wrong" ] || { echo "$wrong does not belong to keystone alone"; exit 1; }
done
echo "both key repositories hold their keys"`.trim(),
        undo: "rm -rf /etc/keystone/fernet-keys /etc/keystone/credential-keys",
      },
      see: "/etc/keystone/fernet-keys and credential-keys contain keys that belong to keystone",
    },
    {
      id: "keystone/start",
      title: "Start Keystone",
      why: "Keystone has its tables, its keys and its configuration.",
      role: "control",
      after: [
        "keystone/populate-database",
        "keystone/create-keys",
        "keystone/tune",
        "memcached/start",
        "base/keep-trying",
      ],
      action: { kind: "unit", units: ["keystone"], ready: answers(5000) },
      see: "keystone is active and answers on port 5000",
      checks: [apiAnswers(5000)],
    },
    {
      id: "keystone/bootstrap",
      title: "Create the administrator and Keystone's own endpoint",
      why: "Only an administrator can create users, and there is none yet. The bootstrap command writes the administrator, the project admin, the basic roles and Keystone's endpoints straight into the database.",
      role: "control",
      after: ["keystone/start"],
      action: {
        kind: "command",
        // After a reset, Memcached still holds the region of the old database: flush it. Do not restart it: its own step would not know
        // with which configuration it runs.
        run: `
bash -c 'exec 3<>/dev/tcp/${self("address")}/11211; printf "flush_all\\r\\nquit\\r\\n" >&3; cat <&3'
OS_BOOTSTRAP_PASSWORD='${secret("keystone/admin")}'
export OS_BOOTSTRAP_PASSWORD
runuser -u keystone -- keystone-manage bootstrap --bootstrap-username admin --bootstrap-project-name admin \\
  --bootstrap-role-name admin --bootstrap-service-name keystone --bootstrap-region-id ${setting("region")} \\
  --bootstrap-admin-url ${KEYSTONE_URL}/ --bootstrap-internal-url ${KEYSTONE_URL}/ --bootstrap-public-url ${KEYSTONE_URL}/
unset OS_BOOTSTRAP_PASSWORD`.trim(),
        holds: `
${REQUEST_TOKEN} <<'END' | grep -q '"url": "${KEYSTONE_URL}/"'
${LOGIN}
END
echo "the administrator can log in, and the catalog names Keystone"`.trim(),
      },
      see: "admin can log in, and the service catalog contains Keystone in its region",
      checks: [
        {
          name: "token-issued",
          expect: "the administrator gets a token",
          run: `
${REQUEST_TOKEN} --output /dev/null --dump-header - <<'END' | grep -qi '^X-Subject-Token: gAAAA'
${LOGIN}
END
echo "a Fernet token was issued"`.trim(),
        },
      ],
    },
    {
      id: "keystone/admin-credentials",
      title: "Store the administrator's credentials",
      why: "The clients read clouds.yaml, so you do not type the address and the password. Only root can read the file.",
      role: "control",
      after: ["keystone/install-packages"],
      action: {
        kind: "file",
        path: "/etc/openstack/clouds.yaml",
        mode: "0600",
        content: `clouds:
  admin:
    region_name: ${setting("region")}
    identity_api_version: 3
    auth:
      auth_url: ${KEYSTONE_URL}
      username: admin
      password: ${secret("keystone/admin")}
      project_name: admin
      user_domain_name: Default
      project_domain_name: Default`,
      },
      see: "/etc/openstack/clouds.yaml describes the cloud admin",
    },
    {
      id: "keystone/default-cloud",
      title: "Make it the default cloud on this node",
      why: "With OS_CLOUD set in every session, `openstack server list` works without options.",
      role: "control",
      after: ["base/hold-services-back"],
      action: {
        kind: "lines",
        path: "/etc/environment",
        content: "OS_CLOUD=admin",
        instead: "^\\s*(export\\s+)?OS_CLOUD=",
      },
      see: "/etc/environment sets OS_CLOUD",
    },
    {
      id: "keystone/create-service-project",
      title: "Create the services' project",
      why: "Each service logs in with its own user. These users belong to one project, and the role service marks requests that come from a service.",
      role: "control",
      after: ["keystone/bootstrap", "keystone/admin-credentials"],
      action: {
        kind: "identity",
        projects: [{ name: "service", description: "Users of the OpenStack services" }],
        roles: ["service"],
      },
      see: "a project called service and a role called service",
    },
  ],
};
