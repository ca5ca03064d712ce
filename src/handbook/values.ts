import { tokensOf, type Values } from "../curriculum/tokens.ts";
import { plannedNodes } from "../hardware/lookup.ts";
import { thisMachinePaths } from "../plan/this-machine.ts";
import { knownValues } from "../plan/values.ts";
import { placeholder } from "./placeholders.ts";
import type { Source } from "./types.ts";

type StackValues = Pick<Source, "stack" | "config" | "observed">;

/**
 * Values for a page, of a node or of this machine. Secrets, and values that only a built lab has, are placeholders.
 * @param about whatever contains the tokens
 */
export function pageValues({ stack, config, observed }: StackValues, node: string, about: unknown): Values {
  const facts = observed.nodes.find(({ name }) => name === node)?.facts ?? {};
  const values: Record<string, string> = {
    ...knownValues({ name: stack, config }, plannedNodes(config), node),
    ...thisMachinePaths(stack),
    "lab:public_key": observed.key?.public ?? placeholder("key:public_key"),
    "here:private_key": placeholder("secret:here/private_key"),
  };
  for (const token of tokensOf(about)) {
    if (token.startsWith("secret:")) values[token] = placeholder(token);
    if (token.startsWith("fact:")) values[token] = facts[token.slice("fact:".length)] ?? placeholder(token);
  }
  return values;
}

/** Every secret of a stack, by token. */
export function secretTokens({ observed }: StackValues): Readonly<Record<string, string>> {
  const secrets = Object.entries(observed.secrets).map(([name, value]) => [`secret:${name}`, value]);
  const key = observed.key === undefined ? [] : [["secret:here/private_key", observed.key.private.trimEnd()]];
  return Object.fromEntries([...secrets, ...key]);
}
