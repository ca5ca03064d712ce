import type { DoctorRow } from "../../setup/types.ts";
import type { CliCommand } from "../command.ts";
import { type Style, styleFor } from "../display/style.ts";
import { table } from "../display/table.ts";
import { writeJson } from "../json.ts";

export const doctor: CliCommand = {
  name: "doctor",
  summary: "say whether this machine will do, and what mends it",
  run: async ({ context, options }) => {
    const rows = await context.lab.doctor();
    if (options.json) for (const row of rows) writeJson(context.stdout, row);
    else context.stdout.write(`${lines(rows, styleFor(context.stdout, context.env)).join("\n")}\n`);
    return rows.some((row) => row.state === "missing") ? 1 : 0;
  },
};

function lines(rows: readonly DoctorRow[], style: Style): string[] {
  const marks = { ok: style.good("✔"), warn: style.strong("!"), missing: style.bad("✘") } as const;
  const texts = table(rows.map((row) => [row.title, row.found]));
  const list = rows.flatMap((row, index) => [
    `${marks[row.state]} ${texts[index]}`,
    ...(row.mend === "" ? [] : row.mend.split("\n").map((line) => `    ${line}`)),
  ]);
  const missing = rows.filter((row) => row.state === "missing").length;
  const end =
    missing === 0 ? "This machine will do." : `${missing} missing: scripts/setup mends what it can.`;
  return [...list, "", end];
}
