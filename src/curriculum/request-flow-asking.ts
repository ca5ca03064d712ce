import type { FlowStage } from "./request-flow.ts";

const KEYSTONE_LOG = "/var/log/keystone/keystone.log";
const API_LOG = "/var/log/nova/nova-api.log";

/** From the command to a request that Nova has accepted. */
export const ASKING: FlowStage = {
  id: "asking",
  title: "Asking: from the command to an accepted request",
  about:
    "These seven steps end with an answer to the client: 202 Accepted, with the id of the server. Nothing runs yet. All that exists is some rows in a database and a message in a queue.",
  steps: [
    {
      id: "1",
      title: "The client sends its credentials to Keystone",
      from: "openstack client or Horizon",
      to: "Keystone",
      protocol: "REST",
      node: "control",
      today:
        "The client sends `POST /v3/auth/tokens` with a user, a password and the project for which it needs the token. It reads these from `clouds.yaml`. Horizon takes them from its login form.",
      before: "Keystone's API had version 2, with tenants instead of projects and without domains.",
      unit: "keystone",
      log: KEYSTONE_LOG,
      command: "openstack --debug token issue 2>&1 | grep -E 'REQ|RESP' | cut -c1-160",
      service: "keystone",
    },
    {
      id: "2",
      title: "Keystone checks them and issues a token",
      from: "Keystone",
      to: "openstack client or Horizon",
      protocol: "REST",
      node: "control",
      today:
        "Keystone compares the hash of the password and looks up the roles in that project. The answer contains the token in the header `X-Subject-Token`, and the service catalog in its body. It is a Fernet token: encrypted with a key that only Keystone has, and stored nowhere.",
      before:
        "A token was a row in Keystone's database (UUID) or a signed document of several kilobytes (PKI). Both were removed.",
      unit: "keystone",
      log: KEYSTONE_LOG,
      command: "openstack token issue\nopenstack catalog list",
      service: "keystone",
    },
    {
      id: "3",
      title: "The client turns the command into a request to nova-api",
      from: "openstack client or Horizon",
      to: "nova-api",
      protocol: "REST",
      node: "control",
      today:
        "The client takes Nova's address from the catalog and sends `POST /v2.1/servers` with the token in `X-Auth-Token`. Nova accepts ids, but people give names. Therefore the client first asks Glance for the image, Nova for the flavor and, if you name a network or port, Neutron.",
      before: "The command was `nova boot`, and the API was version 2 without microversions.",
      unit: "nova-api",
      log: API_LOG,
      command:
        "openstack --debug server create --image guest --flavor tiny --nic none look 2>&1 | grep -oE 'REQ: curl .* (GET|POST) [^ ]*'\nopenstack server delete --wait look",
      service: "nova",
    },
    {
      id: "4",
      title: "nova-api has the token checked",
      from: "nova-api",
      to: "Keystone",
      protocol: "REST",
      node: "control",
      today:
        "A filter in front of Nova, keystonemiddleware, does this: `GET /v3/auth/tokens`, with a token of the user nova. Memcached keeps the answer for five minutes, so most requests need no call to Keystone.",
      unit: "nova-api",
      log: KEYSTONE_LOG,
      command: "crudini --get --format=lines /etc/nova/nova.conf keystone_authtoken",
      service: "nova",
    },
    {
      id: "5",
      title: "Keystone says who that is and what they may do",
      from: "Keystone",
      to: "nova-api",
      protocol: "REST",
      node: "control",
      today:
        "The filter writes user, project and roles into headers of the request (`X-User-Id`, `X-Project-Id`, `X-Roles`) and passes it on. Nova's own policy, `os_compute_api:servers:create`, decides whether these roles are enough.",
      unit: "keystone",
      log: KEYSTONE_LOG,
      command: "openstack role assignment list --names --user admin --project admin",
      service: "keystone",
    },
    {
      id: "6",
      title: "nova-api looks at what is asked for",
      from: "nova-api",
      to: "API database, Glance, Neutron",
      protocol: "SQL",
      node: "control",
      today:
        "nova-api reads flavor, key pair and quota from the database `nova_api`, and the properties of the image from Glance. If the request names a network, nova-api asks Neutron whether the project may use it and how many ports are left.",
      before:
        "Nova had one database. Today `nova_api` holds what concerns the whole cloud, and each cell has its own database.",
      unit: "nova-api",
      log: API_LOG,
      command: "mariadb --execute='SELECT name, memory_mb, vcpus, root_gb FROM flavors' nova_api",
      service: "nova",
    },
    {
      id: "7",
      title: "A first entry for the server is written",
      from: "nova-api",
      to: "API database",
      protocol: "SQL",
      node: "control",
      today:
        "nova-api writes three rows into `nova_api`: a build request, which `server list` shows for now; a request specification for the scheduler; and a mapping of the server to a cell, which is still empty. The client gets its answer after this and the next step.",
      before:
        "nova-api wrote the row in `instances` here. Today this happens later, when the cell of the server is known (11b).",
      unit: "nova-api",
      log: API_LOG,
      command:
        "mariadb --execute='SELECT created_at, instance_uuid, cell_id FROM instance_mappings' nova_api\nmariadb --execute='SELECT COUNT(*) AS waiting FROM build_requests' nova_api",
      service: "nova",
    },
  ],
};
