import type { Invocation } from "../command.ts";
import { show, writeJson } from "./show.ts";

export const runFolderView = (invocation: Invocation, stack: string, path: string): void =>
  show(
    invocation,
    () => [path],
    () => [{ type: "run", stack, path }],
  );

/** The text goes to standard output as it is, the path to standard error. */
export function logView(
  { context, options }: Invocation,
  stack: string,
  name: string,
  path: string,
  text: string,
): void {
  if (options.json) {
    writeJson(context.stdout, { type: "log", stack, name, path, text });
    return;
  }
  context.stderr.write(`${path}\n`);
  context.stdout.write(text);
}
