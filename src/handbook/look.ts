import { holdingText } from "../actions/command.ts";
import { quote } from "../actions/quote.ts";
import { CLIENT, contained } from "../actions/shell.ts";
import { sqlName, sqlString } from "../actions/sql.ts";
import type { Action } from "../curriculum/actions.ts";

type Look = { readonly [K in Action["kind"]]: (action: Extract<Action, { kind: K }>) => string[] };

/** What a person would type to see with their own eyes what a step has done. None of it changes anything. */
const LOOK: Look = {
  packages: ({ names }) => [`dpkg -l ${names.map(quote).join(" ")}`],
  ini: ({ file, set }) =>
    Object.keys(set).map((section) => `crudini --get --format=lines ${quote(file)} ${quote(section)}`),
  file: ({ path }) => [`ls -l ${quote(path)}`, `cat ${quote(path)}`],
  database: ({ name, user }) => [
    `mariadb --execute=${quote(`SHOW DATABASES LIKE ${sqlString(name)}; SHOW GRANTS FOR ${sqlString(user)}@'%'`)}`,
  ],
  schema: ({ database }) => [`mariadb --execute=${quote(`SHOW TABLES FROM ${sqlName(database)}`)}`],
  "broker-user": ({ user }) => ["rabbitmqctl list_users", `rabbitmqctl list_user_permissions ${quote(user)}`],
  unit: ({ units, running = true }) =>
    running
      ? [
          `systemctl --no-pager status ${units.map(quote).join(" ")}`,
          ...units.map((unit) => `journalctl --no-pager --lines=20 --unit=${quote(unit)}`),
        ]
      : units.map((unit) => `systemctl --no-pager status ${quote(unit)}`),
  identity: ({ projects = [], roles = [], users = [], services = [] }) => [
    CLIENT,
    ...(projects.length > 0 ? ["openstack project list"] : []),
    ...(roles.length > 0 ? ["openstack role list"] : []),
    ...users.map(({ name }) => `openstack role assignment list --names --user ${quote(name)}`),
    ...services.map(({ name }) => `openstack catalog show ${quote(name)}`),
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
    ...networks.map(({ name }) => `openstack network show ${quote(name)}`),
    ...subnets.map(({ name }) => `openstack subnet show ${quote(name)}`),
    ...routers.map(({ name }) => `openstack router show ${quote(name)}`),
    ...groups.map(({ name }) => `openstack security group rule list ${quote(name)}`),
    ...ports.map(({ name }) => `openstack port show ${quote(name)}`),
    ...floating.map(({ address }) => `openstack floating ip show ${quote(address)}`),
  ],
  command: ({ holds }) => [contained(holdingText(holds))],
};

/** Commands that show what a step has done. */
export const looks = (action: Action): string[] =>
  (LOOK[action.kind] as (action: Action) => string[])(action);
