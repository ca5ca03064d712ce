import type { FlowStage } from "./request-flow.ts";

const KEYSTONE_LOG = "/var/log/keystone/keystone.log";
const API_LOG = "/var/log/nova/nova-api.log";

/** From the command to a request that Nova has accepted. */
export const ASKING: FlowStage = {
  id: "asking",
  title: "Asking: from the command to an accepted request",
  about:
    "Seven steps end with an answer to the client, 202 Accepted, that holds the server's id. Nothing runs yet: all that exists are some rows in a database and a message in a queue.",
  steps: [
    {
      id: "1",
      title: "The client sends its credentials to Keystone",
      from: "openstack client or Horizon",
      to: "Keystone",
      protocol: "REST",
      node: "control",
      today:
        "`POST /v3/auth/tokens` with a user, a password and the project the token is to be good for. The client reads all of it from `clouds.yaml`, Horizon from its login form.",
      before: "The second version of Keystone's API, with tenants instead of projects and no domains.",
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
        "The password's hash is compared, the roles in that project are looked up. The answer carries the token in the header `X-Subject-Token` and, in its body, the service catalog. The token is of the Fernet kind: encrypted with a key only Keystone has, and stored nowhere.",
      before:
        "A token was a row in Keystone's database (UUID) or a signed document of some kilobytes (PKI). Both are gone.",
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
        "It takes Nova's address from the catalog and sends `POST /v2.1/servers` with the token in `X-Auth-Token`. Nova takes ids, people give names: before that the client asks Glance for the image, Nova for the flavor and, where it was told a network or port, Neutron.",
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
        "Not Nova itself does it but a filter in front of it, keystonemiddleware: `GET /v3/auth/tokens`, with a token of the user nova. The answer is kept in Memcached for five minutes, so most requests cost no question at all.",
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
        "The filter writes user, project and roles into headers of the request (`X-User-Id`, `X-Project-Id`, `X-Roles`) and passes it on. Whether these roles are enough is decided by Nova's own policy, `os_compute_api:servers:create`.",
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
        "Flavor, key pair and quota come from the database `nova_api`, the image's properties from Glance. Where a network is asked for, Neutron is asked whether it may be used and how many ports are left.",
      before:
        "There was one database for all of Nova. Today what concerns the whole cloud is in `nova_api`, and each cell has a database of its own.",
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
        "Three rows in `nova_api`: a build request, which is what `server list` shows meanwhile, a request specification for the scheduler, and a mapping of the server to a cell, which is still empty. The client has its answer after this and the next step.",
      before:
        "The row in `instances` was written here. Now it waits until it is known in which cell the server will live (11b).",
      unit: "nova-api",
      log: API_LOG,
      command:
        "mariadb --execute='SELECT created_at, instance_uuid, cell_id FROM instance_mappings' nova_api\nmariadb --execute='SELECT COUNT(*) AS waiting FROM build_requests' nova_api",
      service: "nova",
    },
  ],
};
