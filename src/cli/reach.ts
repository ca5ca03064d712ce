import type { StackConfig } from "../config/schema.ts";
import type { Observed } from "../engine/observed.ts";
import { type Goal, goalInWords } from "../engine/target.ts";
import { readAs } from "./another-lab.ts";
import type { Context } from "./context.ts";
import { LAB } from "./context.ts";

/** The configuration at the lab that a stack is at, where it was put back to one that its file is past. */
export const configNow = (
  { stacks }: Pick<Context, "stacks">,
  stack: string,
  config: StackConfig,
  { goal }: Pick<Observed, "goal">,
): StackConfig => (goal === undefined || goal.lab === config.lab ? config : readAs(stack, stacks, goal.lab));

/** What is said of steps that are not done, on purpose. */
export const notYet = (goal: Goal, count: number): string =>
  `${goalInWords(goal)}: ${count} ${count === 1 ? "step is" : "steps are"} not done yet, on purpose. \`${LAB} up\` goes on.`;
