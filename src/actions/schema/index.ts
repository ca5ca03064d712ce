import { LAB } from "../../config/paths.ts";
import { programText } from "../../config/program-text.ts";
import { quote } from "../../config/quote.ts";
import type { SchemaAction } from "../../curriculum/actions.ts";
import { attempt, STATE } from "../shell.ts";
import { askMariadb, createDatabase, mariadb, sqlName, sqlString } from "../sql.ts";
import type { ActionKind, Difference } from "../types.ts";

const FIX = `put back a checkpoint (\`${LAB} checkpoint list\`), or take the service back (\`${LAB} reset\`) and build it again (\`${LAB} up\`)`;

/** The first schema of a database. */
export const schemaKind: ActionKind<SchemaAction> = {
  configures: true,

  commands: ({ run }) => [run],

  remember: (action) => `install -D /dev/null ${quote(marker(action))}`,

  // What is run inherits the lock: a sync that outlived its killed shell is waited for, then done again.
  script: (action) =>
    programText("actions/schema/fill.sh", {
      MARKER: quote(marker(action)),
      COUNT: mariadb([count(action)]),
      TABLES: mariadb([
        `SELECT TABLE_NAME FROM information_schema.TABLES WHERE TABLE_SCHEMA = ${sqlString(action.database)}`,
      ]),
      SAY_FIX: quote(`To fix it: ${FIX}`),
      DROP_AND_CREATE: mariadb(dropAndCreate(action)),
      FILL: attempt(action.run),
    }),

  // One answer for all actions: each finds its own database in it.
  probe: (actions) => {
    const names = [...new Set(actions.map(({ database }) => database))];
    const tables = names.flatMap((name) => [
      `SELECT 'tables', ${sqlString(name)}, COUNT(*) FROM information_schema.TABLES WHERE TABLE_SCHEMA = ${sqlString(name)}`,
      `SELECT 'table', ${sqlString(name)}, TABLE_NAME FROM information_schema.TABLES WHERE TABLE_SCHEMA = ${sqlString(name)}`,
    ]);
    return [
      ...names.map(
        (name) => `[ ! -e ${quote(marker({ database: name }))} ] || echo ${quote(`finished\t${name}`)}`,
      ),
      ...names.map(
        (name) =>
          `[ ! -e ${quote(marker({ database: name }))} ] || sed ${quote(`s/^/made\t${name}\t/`)} ${quote(marker({ database: name }))}`,
      ),
      askMariadb(tables),
    ].join("\n");
  },

  compare: ({ database }, answer) => {
    const lines = answer.split("\n").map((line) => line.split("\t"));
    const tables = lines.find(([word, name]) => word === "tables" && name === database)?.[2];
    if (tables === undefined) {
      return [{ what: `database ${database}`, expected: "MariaDB answers", seen: "no answer" }];
    }
    const finished = lines.some(([word, name]) => word === "finished" && name === database);
    const named = (key: string) => lines.filter(([word, name]) => word === key && name === database);
    const there = new Set(named("table").map(([, , table]) => table));
    const missing = named("made").flatMap(([, , table = ""]) => (there.has(table) ? [] : [table]));
    if (finished && tables !== "0") return missing.map((table) => gone(database, table));
    const seen = `${finished ? "finished" : "unfinished"}, ${tables} tables`;
    return [{ what: `schema of ${database}`, expected: "complete", seen }];
  },

  undo: (action) =>
    `rm -f ${quote(marker(action))} ${quote(`${marker(action)}.lock`)}\n${mariadb(dropAndCreate(action))}`,

  summary: ({ database }) => `create the tables of database ${database}`,
  look: ({ database }) => [`mariadb --execute=${quote(`SHOW TABLES FROM ${sqlName(database)}`)}`],
  back: ({ database }) => [
    `mariadb --execute=${quote(`DROP DATABASE ${sqlName(database)}; CREATE DATABASE ${sqlName(database)} CHARACTER SET utf8mb3`)}`,
  ],
};

/** A table that was there when the schema was finished. */
const gone = (database: string, table: string): Difference => ({
  what: `table ${table} of ${database}`,
  expected: "exists",
  seen: "missing",
  fix: FIX,
});

/** The file that tells a finished schema from one that was interrupted. It lists the tables that it had. */
const marker = ({ database }: { readonly database: string }): string => `${STATE}/schema/${database}`;

const dropAndCreate = ({ database }: SchemaAction): string[] => [
  `DROP DATABASE IF EXISTS ${sqlName(database)}`,
  createDatabase(database),
];

const count = ({ database }: SchemaAction): string =>
  `SELECT COUNT(*) FROM information_schema.TABLES WHERE TABLE_SCHEMA = ${sqlString(database)}`;
