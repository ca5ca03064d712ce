import type { SchemaAction } from "../curriculum/actions.ts";
import { quote } from "./quote.ts";
import { attempt, STATE } from "./shell.ts";
import { createDatabase, mariadb, sqlName, sqlString } from "./sql.ts";
import type { Kind } from "./types.ts";

/** A first database schema. A marker tells a finished one from one that was cut off. */
export const schema: Kind<SchemaAction> = {
  commands: ({ run }) => [run],

  remember: (action) => `install -D /dev/null ${quote(marker(action.database))}`,

  // The lock is inherited by what is run: a sync that outlived its killed shell is waited for, then done anew.
  script: (action) =>
    `
marker=${quote(marker(action.database))}
mkdir -p "$(dirname "$marker")"
exec 9>"$marker.lock"
flock 9
tables=$(${mariadb([count(action)])}
)
if [ -e "$marker" ] && [ "$tables" -gt 0 ]; then
  echo "already there: $tables tables"
else
  rm -f "$marker"
  if [ "$tables" -gt 0 ]; then
    echo "dropping an unfinished schema of $tables tables"
  fi
  ${mariadb([`DROP DATABASE IF EXISTS ${sqlName(action.database)}`, createDatabase(action.database)])}
${attempt(action.run)}
  [ "$code" = 0 ] || exit "$code"
  : >"$marker"
  tables=$(${mariadb([count(action)])}
)
  echo "made $tables tables"
fi
exec 9>&-`.trim(),

  // One answer for all actions: each finds its own database in it.
  probe: (actions) => {
    const names = [...new Set(actions.map(({ database }) => database))];
    const tables = names.map(
      (name) =>
        `SELECT 'tables', ${sqlString(name)}, COUNT(*) FROM information_schema.TABLES WHERE TABLE_SCHEMA = ${sqlString(name)}`,
    );
    return [
      ...names.map((name) => `[ ! -e ${quote(marker(name))} ] || echo ${quote(`finished\t${name}`)}`),
      mariadb(tables, "2>/dev/null || true"),
    ].join("\n");
  },

  compare: ({ database }, answer) => {
    const lines = answer.split("\n").map((line) => line.split("\t"));
    const tables = lines.find(([word, name]) => word === "tables" && name === database)?.[2];
    if (tables === undefined) {
      return [{ what: `database ${database}`, expected: "MariaDB answers", seen: "no answer" }];
    }
    const finished = lines.some(([word, name]) => word === "finished" && name === database);
    if (finished && tables !== "0") return [];
    const seen = `${finished ? "finished" : "unfinished"}, ${tables} tables`;
    return [{ what: `schema of ${database}`, expected: "complete", seen }];
  },

  undo: (action) => {
    const { database } = action;
    return `
rm -f ${quote(marker(action.database))} ${quote(`${marker(action.database)}.lock`)}
${mariadb([`DROP DATABASE IF EXISTS ${sqlName(database)}`, createDatabase(database)])}`.trim();
  },
};

function marker(database: string): string {
  return `${STATE}/schema/${database}`;
}

function count(action: SchemaAction): string {
  return `SELECT COUNT(*) FROM information_schema.TABLES WHERE TABLE_SCHEMA = ${sqlString(action.database)}`;
}
