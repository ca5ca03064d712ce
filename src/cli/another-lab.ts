import { readFileSync } from "node:fs";
import { noPlainLab, withLab, writeLab } from "../config/change-lab.ts";
import { UserError } from "../config/errors.ts";
import { LAB_ROLES } from "../config/labs.ts";
import { notOneOf, showProblem } from "../config/problems.ts";
import type { StackConfig } from "../config/schema.ts";
import { shownFile, stackFile } from "../config/stack-file.ts";
import { parseStackFile, readStackFile } from "../hardware/stack-config.ts";
import type { Invocation } from "./command.ts";
import { LAB } from "./context.ts";
import { reached } from "./reached.ts";
import { chooseStack } from "./stack.ts";

/** A stack as it is to be. */
interface Chosen {
  readonly stack: string;
  readonly config: StackConfig;
  /** Writes the lab that was asked for into the stack's file, and says so; nothing where the file says it already. */
  readonly note: (say: (text: string) => void) => void;
}

/**
 * The stack with its configuration, with the lab that `--lab` asks for in place of its own. Its file stays as it is until
 * `note` is called.
 * @throws UserError (exit code 2) for an unknown lab, a configuration that is not right for it, and a lab that the stack is
 * past already
 */
export async function loadLab(invocation: Invocation): Promise<Chosen> {
  const { context, options } = invocation;
  const { lab } = options;
  const folder = context.stacks;
  const { stack, config } = loadAs(invocation);
  if (lab === undefined) return { stack, config, note: () => {} };

  const past = reached(config, await context.lab.observe(stack));
  if (past !== undefined && past > lab) {
    throw new UserError(
      `--lab: found ${lab}, but ${stack} is at ${past} already. A lab is continued, not taken back: ` +
        `\`${LAB} down --stack ${stack}\`, then \`${LAB} up --stack ${stack} --lab ${lab}\` builds the shorter one.`,
    );
  }
  return {
    stack,
    config,
    note: (say) => {
      if (writeLab(stack, folder, lab)) say(`${shownFile(stack, folder)} now says ${lab}`);
    },
  };
}

/**
 * The stack with its configuration as if its file said the lab of `--lab`, wherever the stack stands.
 * @throws UserError (exit code 2) for an unknown lab, and a configuration that is not right for it
 */
export function loadAs(invocation: Invocation): { stack: string; config: StackConfig } {
  const { context, options } = invocation;
  const { lab } = options;
  if (lab !== undefined) checkId(lab);
  const stack = chooseStack(invocation);
  const config =
    lab === undefined ? readStackFile(stack, context.stacks) : readAs(stack, context.stacks, lab);
  return { stack, config };
}

function checkId(lab: string): void {
  const known = Object.keys(LAB_ROLES);
  if (!known.includes(lab)) throw new UserError(showProblem(notOneOf(["--lab"], lab, known)));
}

/** The stack's file as if it said this lab. */
export function readAs(stack: string, folder: string, lab: string): StackConfig {
  const text = withLab(readFileSync(stackFile(stack, folder), "utf8"), lab);
  if (text !== undefined) return parseStackFile(stack, shownFile(stack, folder), text);
  readStackFile(stack, folder);
  throw noPlainLab(stack, folder, lab);
}
