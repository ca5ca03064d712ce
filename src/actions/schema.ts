import type { SchemaAction } from "../curriculum/actions.ts";
import { quote } from "./quote.ts";
import { attempt, STATE } from "./shell.ts";
import { createDatabase, mariadb, sqlName, sqlString } from "./sql.ts";
import type { Kind } from "./types.ts";

/** A first database schema. A marker tells a finished one from one that was cut off. */
export const schema: Kind<SchemaAction> = {
  commands: ({ run }) => [run],

  remember: (action) => `install -D /dev/null ${quote(marker(action))}`,

  // The lock is inherited by what is run: a sync that outlived its killed shell is waited for, then done anew.
  script: (action) =>
    `
marker=${quote(marker(action))}
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

  probe: (action) =>
    `
[ -e ${quote(marker(action))} ] && echo finished || echo unfinished
${mariadb([count(action)], "2>/dev/null || echo unknown")}`.trim(),

  compare: (action, answer) => {
    const [state = "", tables = ""] = answer.trim().split("\n");
    if (!/^\d+$/.test(tables)) {
      return [{ what: `database ${action.database}`, expected: "MariaDB answers", seen: "no answer" }];
    }
    if (state === "finished" && tables !== "0") return [];
    return [
      { what: `schema of ${action.database}`, expected: "complete", seen: `${state}, ${tables} tables` },
    ];
  },

  undo: (action) => {
    const { database } = action;
    return `
rm -f ${quote(marker(action))} ${quote(`${marker(action)}.lock`)}
${mariadb([`DROP DATABASE IF EXISTS ${sqlName(database)}`, createDatabase(database)])}`.trim();
  },
};

function marker(action: SchemaAction): string {
  return `${STATE}/schema/${action.database}`;
}

function count(action: SchemaAction): string {
  return `SELECT COUNT(*) FROM information_schema.TABLES WHERE TABLE_SCHEMA = ${sqlString(action.database)}`;
}
