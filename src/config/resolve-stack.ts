import { UserError } from "./errors.ts";
import { notOneOf, showProblem } from "./problems.ts";

/** The stack of a command that names none. */
const DEFAULT_STACK = "lab002-local";

export interface StackChoice {
  /** `--stack`. */
  readonly asked?: string | undefined;
  /** The stack used last, as remembered. */
  readonly last?: string | undefined;
  /** The stacks there are files for. */
  readonly known: readonly string[];
}

/** Names of the stacks in a folder listing. */
export const stackNames = (files: readonly string[]): string[] =>
  files.flatMap((file) => /^Pulumi\.(.+)\.yaml$/.exec(file)?.[1] ?? []).sort();

/**
 * The one that was asked for, else the one used last, else the only one, else `lab002-local`.
 * @throws UserError (exit code 2) with the stacks there are and the nearest match
 */
export function resolveStack({ asked, last, known }: StackChoice): string {
  if (asked !== undefined) {
    if (known.includes(asked)) return asked;
    throw unknownStack(asked, known);
  }
  if (last !== undefined && known.includes(last)) return last;
  const [only] = known;
  if (known.length === 1 && only !== undefined) return only;
  if (known.includes(DEFAULT_STACK)) return DEFAULT_STACK;
  throw unknownStack(undefined, known);
}

function unknownStack(asked: string | undefined, known: readonly string[]): UserError {
  const there = known.length > 0 ? known : ["a file stacks/Pulumi.<name>.yaml"];
  return new UserError(showProblem(notOneOf(["--stack"], asked, there)));
}
