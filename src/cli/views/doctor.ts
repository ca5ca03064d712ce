import type { DoctorRow } from "../../setup/types.ts";
import type { Invocation } from "../command.ts";
import { show } from "./show.ts";
import { type Style, styleFor } from "./style.ts";
import { table } from "./table.ts";

export const doctorView = (invocation: Invocation, rows: readonly DoctorRow[]): void => {
  const { stdout, env } = invocation.context;
  show(
    invocation,
    () => lines(rows, styleFor(stdout, env)),
    () => rows,
  );
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
    missing === 0
      ? "This machine can build labs."
      : `${missing} missing: scripts/setup provides what it can.`;
  return [...list, "", end];
}
