import type { Invocation } from "../command.ts";
import type { Sink } from "../context.ts";

/** Writes one object on one line. */
export const writeJson = (sink: Sink, value: unknown): void => {
  sink.write(`${JSON.stringify(value)}\n`);
};

/** Prints a command's result: lines for people, or with `--json` one object a line for programs. */
export function show(
  { context: { stdout }, options }: Invocation,
  lines: () => readonly string[],
  records: () => readonly object[],
): void {
  if (options.json) for (const record of records()) writeJson(stdout, record);
  else stdout.write(`${lines().join("\n")}\n`);
}
