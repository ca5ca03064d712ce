import type { ParseArgsConfig } from "node:util";
import { UserError } from "../../src/config/errors.ts";
import { notOneOf, showProblem } from "../../src/config/problems.ts";

/** Options of all measuring programs. */
export const OPTIONS = {
  only: { type: "string", multiple: true },
  again: { type: "boolean" },
  of: { type: "string" },
  page: { type: "boolean" },
  keep: { type: "boolean" },
  help: { type: "boolean" },
} as const satisfies ParseArgsConfig["options"];

/** Help for these options. */
export const USAGE = `
  --only <name>  measure only this, or all whose names begin with it and a colon; can be repeated
  --again        measure again what was measured before
  --of <commit>  add to the figures of this commit (default: the last one that changed src)
  --page         only write the page, from the figures that are kept
  --keep         do not take the lab down
  --help         print this help`.slice(1);

/**
 * The measurements that `--only` names; all where it names none.
 * @throws UserError for an unknown name, with the known ones
 */
export function selected(ids: readonly string[], only: readonly string[] = []): string[] {
  const known = [...new Set(ids.flatMap((id) => [id.split(":")[0] ?? id, id]))];
  const unknown = only.find((name) => !known.includes(name));
  if (unknown !== undefined) throw new UserError(showProblem(notOneOf(["--only"], unknown, known)));
  if (only.length === 0) return [...ids];
  return ids.filter((id) => only.some((name) => id === name || id.startsWith(`${name}:`)));
}

/** Runs a program and sets the exit code. Prints one line for a user's mistake, a stack trace for a bug. */
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
