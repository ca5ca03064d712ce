import type { StackConfig } from "../config/schema.ts";
import type { Observed } from "../engine/observed.ts";
import { type Target, targetInWords } from "../engine/target.ts";
import { readAs } from "./another-lab.ts";
import type { Context } from "./context.ts";
import { LAB } from "./context.ts";

/** The configuration at the lab that a stack is at, where it was put back to one that its file is past. */
export const configNow = (
  { stacks }: Pick<Context, "stacks">,
  stack: string,
  config: StackConfig,
  { target }: Pick<Observed, "target">,
): StackConfig =>
  target === undefined || target.lab === config.lab ? config : readAs(stack, stacks, target.lab);

/** What is said of steps that are not done, on purpose. */
export const notYet = (target: Target, count: number): string =>
  `${targetInWords(target)}: ${count} ${count === 1 ? "step is" : "steps are"} not done yet, on purpose. \`${LAB} up\` goes on.`;
