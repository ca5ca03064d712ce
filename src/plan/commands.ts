import { kindOf } from "../actions/index.ts";
import { MASK } from "../actions/shell.ts";
import type { ConfiguredStack } from "../config/schema.ts";
import { resolve, tokensOf, type Values } from "../curriculum/tokens.ts";
import { plannedNodes } from "../hardware/lookup.ts";
import type { PlannedStep } from "./planned-steps.ts";
import { thisMachinePaths } from "./this-machine.ts";
import { knownValues } from "./values.ts";

/** The commands that a person types for a step. Secrets are masked, facts stand by name. */
export function commandsOf(stack: ConfiguredStack, planned: PlannedStep): string[] {
  const { action } = planned.step;
  const masks: Record<string, string> = {};
  for (const token of tokensOf(action)) {
    if (token.startsWith("secret:")) masks[token] = MASK;
    if (token.startsWith("fact:")) masks[token] = `<${token.slice("fact:".length)}>`;
  }
  const values: Values = {
    ...knownValues(stack, plannedNodes(stack.config), planned.node),
    ...thisMachinePaths(stack.name),
    "here:private_key": MASK,
    "lab:public_key": "<public key of the lab>",
    ...masks,
  };
  return kindOf(action).commands(resolve(action, values));
}
