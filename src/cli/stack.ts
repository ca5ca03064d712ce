import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { UserError } from "../config/errors.ts";
import { LAB_ROLES } from "../config/labs.ts";
import { notOneOf, showProblem } from "../config/problems.ts";
import { resolveStack, stackNames } from "../config/resolve-stack.ts";
import type { Stack } from "../engine/stack.ts";
import type { Invocation } from "./command.ts";
import type { Context } from "./context.ts";

/**
 * Opens the stack that a command reads. It is remembered as the one used last if it is built.
 * @param lab in place of the one in the stack file
 * @throws UserError (exit code 2) for an unknown stack or lab, with those that exist
 */
export async function openStack({ context, options }: Invocation, lab?: string): Promise<Stack> {
  if (lab !== undefined) checkLab(lab);
  const name = stackOf(context, options.stack);
  if (name !== lastStack(context) && (await context.lab.stacks.isBuilt(name))) rememberStack(context, name);
  // Loaded here, as `lab --help` needs no stack, and with it come the kinds of hardware.
  const { Stack } = await import("../engine/stack.ts");
  return new Stack(name, context.stacks, context.lab.stacks, lab);
}

/**
 * The name of the stack that a command is about.
 * @param asked `--stack`
 * @throws UserError (exit code 2) for an unknown stack, with those that exist
 */
export function stackOf(context: Context, asked: string | undefined): string {
  const known = stackNames(readdirSync(context.stacks));
  return resolveStack({ asked, last: lastStack(context), known });
}

/**
 * Opens the stack that a command changes (or previews a change of), and names it to the person before anything happens. A killed run's
 * engine records what it still does, so its end is awaited before any state is read.
 * @throws UserError (exit code 1) when another process works on the stack
 */
export async function openStackToChange(invocation: Invocation, lab?: string): Promise<Stack> {
  const stack = await openStack(invocation, lab);
  nameStack(invocation, stack);
  await invocation.context.lab.stacks.awaitEngine(stack.name);
  return stack;
}

/** Prints which stack a command is about: `Stack lab002-local (lab002, local)`. JSON has it in its records. */
export function nameStack({ context, options }: Invocation, { name, validConfig: config }: Stack): void {
  if (options.json) return;
  const what = config === undefined ? "" : ` (${config.lab}, ${config.hardware.kind})`;
  context.stderr.write(`Stack ${name}${what}\n`);
}

/** From now on commands without `--stack` are about this stack. */
export function rememberStack(context: Context, name: string): void {
  mkdirSync(context.home, { recursive: true, mode: 0o700 });
  writeFileSync(join(context.home, "last-stack"), `${name}\n`);
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
