import { quote } from "../../config/quote.ts";
import type { DatabaseAction } from "../../curriculum/actions.ts";
import { NEXT } from "../answers.ts";
import { heredoc } from "../shell.ts";
import { askMariadb, createDatabase, mariadb, sqlName, sqlString } from "../sql.ts";
import type { ActionKind, Difference } from "../types.ts";

/** A MariaDB database and the user it belongs to. */
export const databaseKind: ActionKind<DatabaseAction> = {
  commands: (action) => [`mariadb ${heredoc(`${statements(action).join(";\n")};`)}`],

  script: (action) =>
    `${mariadb(statements(action))}\nprintf '%s\\n' ${quote(`database ${action.name}, user ${action.user}`)}`,

  probe: (actions) =>
    askMariadb(
      actions.flatMap((action, index) => [
        ...(index > 0 ? [`SELECT ${sqlString(NEXT)}`] : []),
        `SELECT 'database', COUNT(*) FROM information_schema.SCHEMATA WHERE SCHEMA_NAME = ${sqlString(action.name)}`,
        `SELECT 'user', COUNT(*) FROM mysql.global_priv WHERE User = ${sqlString(action.user)} AND Host = '%'`,
        `SELECT 'password', COUNT(*) FROM mysql.global_priv WHERE User = ${sqlString(action.user)} AND Host = '%' AND JSON_VALUE(Priv, '$.authentication_string') = PASSWORD(${sqlString(action.password)})`,
        `SELECT 'rights', COUNT(*) FROM mysql.db WHERE Db = ${sqlString(action.name)} AND User = ${sqlString(action.user)} AND Host = '%' AND Drop_priv = 'Y'`,
      ]),
    ),

  compare: (action, answer) => {
    const seen = new Map(answer.split("\n").map((line) => line.split("\t") as [string, string]));
    if (!seen.has("rights")) {
      return [{ what: `database ${action.name}`, expected: "MariaDB answers", seen: problem(answer) }];
    }
    const wanted: [key: string, what: string, expected: string, otherwise: string][] = [
      ["database", `database ${action.name}`, "exists", "missing"],
      ["user", `database user ${action.user}`, "exists", "missing"],
      ["password", `password of database user ${action.user}`, "the lab's secret", "another one"],
      ["rights", `rights of ${action.user} on ${action.name}`, "all", "not all"],
    ];
    return wanted
      .filter(([key]) => seen.get(key) !== "1")
      .map(([, what, expected, otherwise]): Difference => ({ what, expected, seen: otherwise }));
  },

  undo: (action) => {
    const user = account(action);
    return mariadb([
      `DROP DATABASE IF EXISTS ${sqlName(action.name)}`,
      `DELETE FROM mysql.db WHERE Db = ${sqlString(action.name)} AND User = ${sqlString(action.user)}`,
      "FLUSH PRIVILEGES",
      `SET @rest = (SELECT COUNT(*) FROM mysql.db WHERE User = ${sqlString(action.user)})`,
      `SET @drop = IF(@rest = 0, ${sqlString(`DROP USER IF EXISTS ${user}`)}, 'DO 0')`,
      "EXECUTE IMMEDIATE @drop",
    ]);
  },

  summary: ({ name, user }) => `create database ${name} and user ${user}`,
  look: (action) => [
    `mariadb --execute=${quote(`SHOW DATABASES LIKE ${sqlString(action.name)}; SHOW GRANTS FOR ${account(action)}`)}`,
  ],
  back: (action) => [
    `mariadb --execute=${quote(`DROP DATABASE ${sqlName(action.name)}; DROP USER ${account(action)}`)}`,
  ],
};

function statements(action: DatabaseAction): string[] {
  const user = account(action);
  const password = sqlString(action.password);
  return [
    createDatabase(action.name),
    `CREATE USER IF NOT EXISTS ${user} IDENTIFIED BY ${password}`,
    `ALTER USER ${user} IDENTIFIED BY ${password}`,
    `GRANT ALL PRIVILEGES ON ${sqlName(action.name)}.* TO ${user}`,
  ];
}

/** `%` is every host, including this node: services connect over TCP. */
function account(action: DatabaseAction): string {
  return `${sqlString(action.user)}@'%'`;
}

/** Only the number of the error: MariaDB quotes statements in its messages, and they hold the password. */
function problem(answer: string): string {
  return /ERROR \d+/.exec(answer)?.[0] ?? "no answer";
}
