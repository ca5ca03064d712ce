import { address, secret } from "./tokens.ts";
import type { Check } from "./types.ts";

/** Steps that every installation of packages depends on. */
export const BEFORE_PACKAGES: readonly string[] = ["base/hold-services-back", "base/package-lists"];

/** Shell that succeeds when an HTTP server answers on the control node. */
export function answers(port: number): string {
  return `curl --silent --show-error --fail --max-time 10 --output /dev/null http://${address("control")}:${port}/`;
}

/** An API that answers. */
export function apiAnswers(port: number): Check {
  return { name: "api-answers", expect: `the API answers on port ${port}`, run: answers(port) };
}

/** A service that can log in to its database as itself, over the network. */
export function databaseLogin(user: string, database: string = user): Check {
  return {
    name: "database-login",
    expect: `user ${user} can read database ${database}`,
    run: `
mariadb --defaults-extra-file=/dev/stdin --host=${address("control")} --batch --skip-column-names \\
  --execute="SELECT CONCAT(COUNT(*), ' tables') FROM information_schema.TABLES WHERE TABLE_SCHEMA = '${database}'" ${database} <<'END'
[client]
user=${user}
password=${secret(`${user}/database`)}
END`.trim(),
  };
}

/** Shell that runs a Python program without a file and without arguments. */
export function pythonCheck(program: string): string {
  return `python3 - <<'END'\n${program.trim()}\nEND`;
}

/** Shell that succeeds when a TCP port is open. */
export function portOpen(host: string, port: number): string {
  return pythonCheck(`
import socket
socket.create_connection(("${host}", ${port}), 5).close()
print("${host}:${port} is open")`);
}
