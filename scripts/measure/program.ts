import type { ParseArgsConfig } from "node:util";
import { UserError } from "../../src/config/errors.ts";
import { notOneOf, showProblem } from "../../src/config/problems.ts";

/** Options of every program that measures. */
export const OPTIONS = {
  only: { type: "string", multiple: true },
  again: { type: "boolean" },
  of: { type: "string" },
  page: { type: "boolean" },
  keep: { type: "boolean" },
  help: { type: "boolean" },
} as const satisfies ParseArgsConfig["options"];

/** What they mean. */
export const USAGE = `
  --only <name>  only this, or all whose names begin with it and a colon; may be given several times
  --again        also what was measured before
  --of <commit>  add to the figures of this commit; by default those of the last that changed src
  --page         only write the page, of what was measured before
  --keep         leave the lab standing
  --help         this`.slice(1);

/**
 * The measurements that `--only` names; all where it names none.
 * @throws UserError for a name that is none, with those there are
 */
export function selected(ids: readonly string[], only: readonly string[] = []): string[] {
  const known = [...new Set(ids.flatMap((id) => [id.split(":")[0] ?? id, id]))];
  const stray = only.find((name) => !known.includes(name));
  if (stray !== undefined) throw new UserError(showProblem(notOneOf(["--only"], stray, known)));
  if (only.length === 0) return [...ids];
  return ids.filter((id) => only.some((name) => id === name || id.startsWith(`${name}:`)));
}

/** Runs a program to its exit code. A user's mistake is one line, a bug is a stack trace. */
export async function program(work: () => Promise<number>): Promise<void> {
  try {
    process.exitCode = await work();
  } catch (error) {
    const wrongUsage = error instanceof TypeError && "code" in error && /PARSE_ARGS/.test(String(error.code));
    if (!(error instanceof UserError) && !wrongUsage) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = error instanceof UserError ? error.exitCode : 2;
  }
}
