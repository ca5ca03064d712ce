import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { UserError } from "../config/errors.ts";
import { LAB_ROLES } from "../config/labs.ts";
import { notOneOf, showProblem } from "../config/problems.ts";
import { resolveStack, stackNames } from "../config/resolve-stack.ts";
import { Stack } from "../engine/stack.ts";
import type { Invocation } from "./command.ts";
import type { Context } from "./context.ts";

/**
 * The stack that a command is about; remembered as the one used last.
 * @param lab in place of the one in the stack's file
 * @throws UserError (exit code 2) for an unknown stack or lab, with those there are
 */
export function openStack({ context, options }: Invocation, lab?: string): Stack {
  if (lab !== undefined) checkLab(lab);
  const name = stackOf(context, options.stack);
  mkdirSync(context.home, { recursive: true, mode: 0o700 });
  writeFileSync(join(context.home, "last-stack"), `${name}\n`);
  return new Stack(name, context.stacks, context.lab, lab);
}

/**
 * The name of the stack that a command is about. @param asked `--stack`
 * @throws UserError (exit code 2) for an unknown stack, with those there are
 */
export function stackOf(context: Context, asked: string | undefined): string {
  const known = stackNames(readdirSync(context.stacks));
  return resolveStack({ asked, last: lastStack(context), known });
}

function checkLab(lab: string): void {
  const known = Object.keys(LAB_ROLES);
  if (!known.includes(lab)) throw new UserError(showProblem(notOneOf(["--lab"], lab, known)));
}

function lastStack(context: Context): string | undefined {
  try {
    return readFileSync(join(context.home, "last-stack"), "utf8").trim();
  } catch {
    return undefined;
  }
}
