import { type KeyChanges, keyChanges } from "../../src/config/changes.ts";
import { KINDS } from "../../src/hardware/kinds.ts";

/** docs/settings.md: what happens to a lab that is built when a key of its stack file changes. */
export function settingsPage(): string {
  const sections = Object.entries(KINDS).flatMap(([name, kind]) => [
    "",
    `## Hardware of kind ${name}`,
    ...table(kind.changes ?? {}),
  ]);
  return `${[
    "# Changing settings of a lab that is built",
    "The stack file of a lab may change at any time. `lab up` then either follows it as a whole, or refuses it before it touches",
    "anything and says what to do. `lab preview` shows which. `lab reset` and `lab redo` refuse the same changes.",
    "",
    "Refused changes are compared with what the lab was built with, which its state records. A lab that was built before they were",
    "recorded is compared by its region alone, until its next `lab up`. Bare `pulumi up` does not compare them.",
    "",
    "Names and numbers of nodes are not in this table: a node that is renamed or renumbered is another node.",
    "",
    "The table is made from the code by `npm run settings`.",
    "",
    "## All labs",
    ...table(keyChanges({})),
    ...sections,
  ].join("\n")}\n`;
}

const table = (changes: KeyChanges): string[] => [
  "| key | when it changes, `lab up` … | to change it all the same |",
  "| --- | --- | --- |",
  ...Object.entries(changes).map(([path, rule]) =>
    "up" in rule
      ? `| \`${path}\` | ${rule.up} | |`
      : `| \`${path}\` | **refuses**: ${rule.refused} | ${rule.reset === undefined ? "`lab down`, then `lab up`" : `\`lab reset ${rule.reset}\`, then \`lab up\``} |`,
  ),
];
