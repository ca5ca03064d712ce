import { kindOf } from "../../src/actions/index.ts";
import { quote } from "../../src/config/quote.ts";
import type { Action } from "../../src/curriculum/actions.ts";
import type { Break } from "./types.ts";

/** A typical mistake of an administrator for each kind of action. `undefined`: the step needs a break of its own. */
export function breakOf(action: Action): Break | undefined {
  switch (action.kind) {
    case "packages":
      return packageGone(action.names[0] ?? "");
    case "ini":
      return optionGone(action.file, firstOption(action.set));
    case "file":
      return lineAdded(action.path);
    case "lines":
      return {
        title: `the lab's lines deleted from ${action.path}`,
        quiet: true,
        break: `cp -a ${action.path} ${action.path}.broken\n${kindOf(action).back(action).join("\n")}`,
        fix: `mv ${action.path}.broken ${action.path}`,
      };
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

/** The record that dpkg has of a removed package. Removing it would also remove packages that depend on it. */
function packageGone(name: string): Break {
  const status = "/var/lib/dpkg/status";
  return {
    title: `package ${name} marked as removed in dpkg's status file`,
    quiet: true,
    break: `sed -i.${name} '/^Package: ${name}$/,/^$/ s/^Status: install ok installed/Status: deinstall ok config-files/' ${status}`,
    fix: `mv ${status}.${name} ${status}`,
  };
}

function optionGone(file: string, option: string): Break {
  const kept = `${file}.with-${option}`;
  return {
    title: `option ${option} deleted from ${file}`,
    quiet: true,
    break: `cp -a ${file} ${kept}\nsed -i '/^${option} *=/d' ${file}`,
    fix: `mv ${kept} ${file}`,
  };
}

function firstOption(set: Readonly<Record<string, Readonly<Record<string, string | null>>>>): string {
  const options = Object.values(set).flatMap((section) => Object.entries(section));
  return options.find(([, value]) => value !== null)?.[0] ?? "";
}

function lineAdded(path: string): Break {
  return {
    title: `a line added to ${path}`,
    quiet: true,
    break: `cp -a ${path} ${path}.broken\necho '# edited by hand' >>${path}`,
    fix: `mv ${path}.broken ${path}`,
  };
}

/** The client with a limit for waiting on locks, in seconds. By default it waits a day, without a message. */
const impatient = (seconds: number): string =>
  `mariadb --init-command='SET SESSION lock_wait_timeout = ${seconds}'`;

/**
 * Drops a database that is in use. Keystone reads its service providers when its session is closed already, and so keeps a
 * transaction open for as long as nobody asks it anything else. Connections are ended therefore; services make new ones, which may come in between.
 */
function dropped(database: string): string {
  const connections = `SELECT CONCAT('KILL ', id, ';') FROM information_schema.processlist WHERE db = '${database}'`;
  const drop = `DROP DATABASE ${database}; CREATE DATABASE ${database} CHARACTER SET utf8mb3`;
  return `for try in 1 2 3 4 5 6 7 8 9 10; do
  mariadb --batch --skip-column-names -e ${quote(connections)} | mariadb --force || true
  ${impatient(3)} -e ${quote(drop)} && break
  [ "$try" -lt 10 ]
done`;
}

function schemaGone(database: string): Break {
  const dump = `/root/${database}.sql`;
  return {
    title: `all tables of database ${database} dropped`,
    break: `mariadb-dump --single-transaction ${database} >${dump}\n${dropped(database)}`,
    fix: `${impatient(60)} ${database} <${dump}\nrm ${dump}`,
  };
}
