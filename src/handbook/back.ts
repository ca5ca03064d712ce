import { quote } from "../actions/quote.ts";
import { CLIENT, contained } from "../actions/shell.ts";
import { sqlName, sqlString } from "../actions/sql.ts";
import type { Action } from "../curriculum/actions.ts";

type Back = { readonly [K in Action["kind"]]: (action: Extract<Action, { kind: K }>) => string[] };

const remove = (object: string, names: readonly { readonly name: string }[]): string[] =>
  names.map(({ name }) => `openstack ${object} delete ${quote(name)}`);

/**
 * What a person would type to take a step back. `lab reset` does it with more care: it keeps what was there before the lab, and
 * knows what else builds on it.
 */
const BACK: Back = {
  packages: ({ names }) => [`apt-get purge --autoremove ${names.map(quote).join(" ")}`],
  ini: ({ file, set }) =>
    Object.entries(set).flatMap(([section, options]) =>
      Object.entries(options)
        .filter(([, value]) => value !== null)
        .map(([option]) => `crudini --del ${[file, section, option].map(quote).join(" ")}`),
    ),
  file: ({ path }) => [`rm ${quote(path)}`],
  database: ({ name, user }) => [
    `mariadb --execute=${quote(`DROP DATABASE ${sqlName(name)}; DROP USER ${sqlString(user)}@'%'`)}`,
  ],
  schema: ({ database }) => [
    `mariadb --execute=${quote(`DROP DATABASE ${sqlName(database)}; CREATE DATABASE ${sqlName(database)} CHARACTER SET utf8mb3`)}`,
  ],
  "broker-user": ({ user }) => [`rabbitmqctl delete_user ${quote(user)}`],
  unit: ({ units, running = true }) =>
    running ? [`systemctl disable --now ${units.map(quote).join(" ")}`] : [],
  identity: ({ projects = [], roles = [], users = [], services = [] }) => [
    CLIENT,
    ...remove("service", services),
    ...remove("user", users),
    ...roles.map((role) => `openstack role delete ${quote(role)}`),
    ...remove("project", projects),
  ],
  network: ({
    networks = [],
    subnets = [],
    routers = [],
    groups = [],
    ports = [],
    floatingIps: floating = [],
  }) => [
    CLIENT,
    ...floating.map(({ address }) => `openstack floating ip delete ${quote(address)}`),
    ...remove("port", ports),
    ...routers.flatMap(({ name, subnets: connected }) => [
      ...connected.map((subnet) => `openstack router remove subnet ${quote(name)} ${quote(subnet)}`),
      `openstack router delete ${quote(name)}`,
    ]),
    ...remove("security group", groups),
    ...remove("subnet", subnets),
    ...remove("network", networks),
  ],
  command: ({ undo = "" }) => (undo === "" ? [] : [contained(undo)]),
};

/** Commands that take a step back; none where there is nothing to take back. */
export const back = (action: Action): string[] => (BACK[action.kind] as (action: Action) => string[])(action);
