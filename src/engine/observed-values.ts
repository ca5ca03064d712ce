import type { Values } from "../curriculum/tokens.ts";
import { plannedNodes } from "../hardware/lookup.ts";
import { KEY_TOKENS, knownValues } from "../plan/values.ts";
import type { Observed } from "./observed.ts";
import type { ObservedStack } from "./stack.ts";

/** Every token value of a node that exists, or of this machine, with secrets and facts. */
export function valuesOf(stack: ObservedStack, name: string): Values {
  const observed = stack.state;
  const values: Record<string, string> = { ...knownValues(stack, plannedNodes(stack.config), name) };
  for (const [secret, value] of Object.entries(observed.secrets)) values[`secret:${secret}`] = value;
  const facts = observed.nodes.find((node) => node.name === name)?.facts ?? {};
  for (const [fact, value] of Object.entries(facts)) values[`fact:${fact}`] = value;
  for (const [token, part] of Object.entries(KEY_TOKENS)) values[token] = observed.key?.[part] ?? "";
  return values;
}

/** The secrets of a stack, to be masked. Our own are longer than seven characters. */
export const secretsOf = (observed: Observed): string[] =>
  Object.values(observed.secrets).filter((value) => value.length > 7);
