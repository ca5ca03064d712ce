import type { Reports } from "./actions.ts";
import { address, secret, setting } from "./tokens.ts";

/** Options of an ini file, as `IniAction` takes them. */
type Options = Readonly<Record<string, string>>;

/** Where Keystone answers. */
export const KEYSTONE_URL = `http://${address("control")}:5000/v3`;

/** Where Memcached answers. */
export const MEMCACHED = `${address("control")}:11211`;

/** `[database]` of a service. After a reboot MariaDB may start later: the service waits for it instead of giving up. */
export function database(user: string, name: string = user): Options {
  const password = secret(`${user}/database`);
  return {
    connection: `mysql+pymysql://${user}:${password}@${address("control")}/${name}`,
    max_retries: "-1",
    retry_interval: "2",
    max_pool_size: "5",
  };
}

/** Where services send their messages. */
export const TRANSPORT_URL = `rabbit://openstack:${secret("rabbitmq/openstack")}@${address("control")}:5672/`;

/** `[oslo_messaging_rabbit]`: without it, a service that lost its broker tries again only every half minute. */
export const BROKER: Options = { rabbit_interval_max: "5" };

/** How a service logs in to Keystone as itself. */
export function login(user: string): Options {
  return {
    auth_type: "password",
    auth_url: KEYSTONE_URL,
    project_domain_name: "Default",
    user_domain_name: "Default",
    project_name: "service",
    username: user,
    password: secret(`${user}/service`),
    region_name: setting("region"),
  };
}

/** Where the API of a service lists its processes with the time of their last report. */
const LISTS = {
  nova: `http://${address("control")}:8774/v2.1/os-services`,
  neutron: `http://${address("control")}:9696/v2.0/agents`,
  cinder: `http://${address("control")}:8776/v3/os-services`,
};

/** Units that report to the API of their service. */
export const reports = (service: keyof typeof LISTS, units: readonly string[]): Reports => ({
  units,
  url: LISTS[service],
  keystone: KEYSTONE_URL,
  user: service,
  password: secret(`${service}/service`),
});

/** `[keystone_authtoken]`: how a service checks the tokens of its callers. Debian's region is `regionOne`. */
export function authToken(user: string): Options {
  return {
    ...login(user),
    www_authenticate_uri: KEYSTONE_URL,
    memcached_servers: MEMCACHED,
    service_token_roles: "service",
    service_token_roles_required: "true",
  };
}

/**
 * A uWSGI file with few workers. They have one thread each, because eventlet does not work with threads. With `need-app`, uWSGI ends
 * if the service cannot be loaded, and systemd starts it again. Without it, the API would answer 500 forever.
 */
export function workers(): Readonly<Record<"uwsgi", Options>> {
  return { uwsgi: { processes: setting("workers"), threads: "1", "need-app": "true" } };
}
