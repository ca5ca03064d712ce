import { tokensOf, type Values } from "../curriculum/tokens.ts";
import { plannedNodes } from "../hardware/lookup.ts";
import { thisMachinePaths } from "../plan/this-machine.ts";
import { knownValues } from "../plan/values.ts";
import { mark } from "./marks.ts";
import type { Source } from "./types.ts";

type Known = Pick<Source, "stack" | "config" | "observed">;

/**
 * Values for a page: of a node, or of this machine. What is secret, and what only a built lab could tell, is a mark.
 * @param about whatever holds the tokens
 */
export function pageValues({ stack, config, observed }: Known, node: string, about: unknown): Values {
  const facts = observed.nodes.find(({ name }) => name === node)?.facts ?? {};
  const values: Record<string, string> = {
    ...knownValues(stack, config, plannedNodes(config), node),
    ...thisMachinePaths(stack),
    "lab:public_key": observed.key?.public ?? mark("key:public_key"),
    "here:private_key": mark("secret:here/private_key"),
  };
  for (const token of tokensOf(about)) {
    if (token.startsWith("secret:")) values[token] = mark(token);
    if (token.startsWith("fact:")) values[token] = facts[token.slice("fact:".length)] ?? mark(token);
  }
  return values;
}

/** Every secret of a stack by the token that stands for it on a page. */
export function secretTokens({ observed }: Known): Readonly<Record<string, string>> {
  const secrets = Object.entries(observed.secrets).map(([name, value]) => [`secret:${name}`, value]);
  const key = observed.key === undefined ? [] : [["secret:here/private_key", observed.key.private.trimEnd()]];
  return Object.fromEntries([...secrets, ...key]);
}
