import { heredoc, limited } from "./shell.ts";

/** A MariaDB string literal. */
export function sqlString(value: string): string {
  return `'${value.replaceAll("\\", "\\\\").replaceAll("'", "''")}'`;
}

/** A MariaDB identifier. */
export function sqlName(value: string): string {
  return `\`${value.replaceAll("`", "``")}\``;
}

/** Runs statements as MariaDB's root user on this node, by socket. They are sent on stdin, for they may hold passwords. */
export function mariadb(statements: readonly string[], rest = ""): string {
  return `mariadb --batch --skip-column-names ${heredoc(statements.map((text) => `${text};`).join("\n"), rest)}`;
}

/** The same for a probe: it ends where MariaDB accepts the connection and says nothing. Prints why there is no answer. */
export const askMariadb = (statements: readonly string[]): string =>
  `(\n${limited(mariadb(statements))}\n) 2>&1 || true`;

/**
 * Sets a character set of three bytes: services index long strings, and with MariaDB's default of four bytes a character some of their
 * indexes are too long. Tables that name a character set could not refer to those that do not.
 */
export function createDatabase(name: string): string {
  return `CREATE DATABASE IF NOT EXISTS ${sqlName(name)} CHARACTER SET utf8mb3 COLLATE utf8mb3_general_ci`;
}
