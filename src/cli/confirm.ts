import { UserError } from "../config/errors.ts";
import type { Invocation } from "./command.ts";

/** Asks a question that is answered with yes or no. The question is made when somebody is asked. @returns true for yes */
type Confirm = (question: () => string | Promise<string>) => Promise<boolean>;

/** What is said when there is nobody to ask. */
interface Unasked {
  /** What asks: `down asks before it destroys`. */
  readonly asks: string;
  /** What to do instead: `Use --yes to take lab002-local down.` */
  readonly instead: string;
}

/**
 * How a command asks before it does something that cannot be undone. With `--yes` the answer is always yes.
 * @throws UserError (exit code 2) when nobody can be asked, before anything is read or changed
 */
export function confirmation(
  { context, options }: Invocation<{ readonly yes?: boolean }>,
  { asks, instead }: Unasked,
): Confirm {
  if (options.yes) return async () => true;
  if (!context.stdin.isTTY) throw new UserError(`${asks}, and there is no terminal to ask at. ${instead}`);
  return async (question) => /^y(es)?$/i.test((await context.stdin.ask(`${await question()} [y/N] `)).trim());
}
