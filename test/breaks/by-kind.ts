import { quote } from "../../src/actions/quote.ts";
import type { Action } from "../../src/curriculum/actions.ts";
import type { Break } from "./types.ts";

/** What an administrator's slip would do to each kind of action; `undefined` where the step needs a break of its own. */
export function breakOf(action: Action): Break | undefined {
  switch (action.kind) {
    case "packages":
      return packageGone(action.names[0] ?? "");
    case "ini":
      return optionGone(action.file, firstOption(action.set));
    case "file":
      return lineAdded(action.path);
    case "database":
      return {
        title: `rights of ${action.user} on database ${action.name} revoked`,
        break: `mariadb -e ${quote(`REVOKE ALL PRIVILEGES ON ${action.name}.* FROM '${action.user}'@'%'`)}`,
      };
    case "schema":
      return schemaGone(action.database);
    case "broker-user":
      return {
        title: `rights of ${action.user} in RabbitMQ cleared`,
        break: `rabbitmqctl --silent clear_permissions -p / ${action.user}`,
      };
    case "unit":
      return action.running === false
        ? {
            title: `${action.units.join(", ")} enabled`,
            break: `systemctl enable --quiet ${action.units.join(" ")}`,
          }
        : { title: `${action.units.join(", ")} stopped`, break: `systemctl stop ${action.units.join(" ")}` };
    case "identity":
    case "network":
    case "command":
      return undefined;
  }
}

/** As dpkg remembers a package that somebody removed. Really removing it would take the services of others along. */
function packageGone(name: string): Break {
  const status = "/var/lib/dpkg/status";
  return {
    title: `package ${name} removed, in dpkg's books`,
    break: `sed -i.broken '/^Package: ${name}$/,/^$/ s/^Status: install ok installed/Status: deinstall ok config-files/' ${status}`,
    mend: `mv ${status}.broken ${status}`,
  };
}

function optionGone(file: string, option: string): Break {
  return {
    title: `option ${option} deleted from ${file}`,
    break: `cp -a ${file} ${file}.broken\nsed -i '/^${option} *=/d' ${file}`,
    mend: `mv ${file}.broken ${file}`,
  };
}

function firstOption(set: Readonly<Record<string, Readonly<Record<string, string | null>>>>): string {
  const options = Object.values(set).flatMap((section) => Object.entries(section));
  return options.find(([, value]) => value !== null)?.[0] ?? "";
}

function lineAdded(path: string): Break {
  return {
    title: `a line added to ${path}`,
    break: `cp -a ${path} ${path}.broken\necho '# edited by hand' >>${path}`,
    mend: `mv ${path}.broken ${path}`,
  };
}

/** A service in the middle of a transaction holds its tables; MariaDB would wait a day for it, in silence. */
const IMPATIENT = "mariadb --init-command='SET SESSION lock_wait_timeout = 30'";

function schemaGone(database: string): Break {
  const dump = `/root/${database}.sql`;
  return {
    title: `all tables of database ${database} dropped`,
    break: `mariadb-dump --single-transaction ${database} >${dump}\n${IMPATIENT} -e 'DROP DATABASE ${database}; CREATE DATABASE ${database} CHARACTER SET utf8mb3'`,
    mend: `${IMPATIENT} ${database} <${dump}\nrm ${dump}`,
  };
}
