import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { resolveStack, stackNames } from "../config/resolve-stack.ts";
import type { StackConfig } from "../config/schema.ts";
import { readStackFile } from "../hardware/stack-config.ts";
import type { Invocation } from "./command.ts";
import type { Context } from "./context.ts";

/**
 * The stack a command is about; remembered as the one used last.
 * @throws UserError (exit code 2) with the stacks there are
 */
export function chooseStack({ context, options }: Invocation): string {
  const known = stackNames(readdirSync(context.stacks));
  const stack = resolveStack({ asked: options.stack, last: lastStack(context), known });
  mkdirSync(context.home, { recursive: true, mode: 0o700 });
  writeFileSync(join(context.home, "last-stack"), `${stack}\n`);
  return stack;
}

/**
 * The stack with its configuration.
 * @throws UserError (exit code 2) with all that is wrong with it
 */
export function loadStack(invocation: Invocation): { stack: string; config: StackConfig } {
  const stack = chooseStack(invocation);
  return { stack, config: readStackFile(stack, invocation.context.stacks) };
}

function lastStack(context: Context): string | undefined {
  try {
    return readFileSync(join(context.home, "last-stack"), "utf8").trim();
  } catch {
    return undefined;
  }
}
