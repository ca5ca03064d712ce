import { tokensOf, type Values } from "../curriculum/tokens.ts";
import { HERE_PATHS } from "../lab/here.ts";
import { places } from "../lab/places.ts";
import { knownValues } from "../lab/values.ts";
import { mark } from "./marks.ts";
import type { Source } from "./types.ts";

type Known = Pick<Source, "stack" | "config" | "observed">;

/**
 * Values for a page: of a node, or of HERE. What is secret, and what only a built lab could tell, is a mark.
 * @param about whatever holds the tokens
 */
export function pageValues({ stack, config, observed }: Known, node: string, about: unknown): Values {
  const nodes = observed.nodes.length > 0 ? [...observed.nodes, ...missing()] : places(config);
  const facts = observed.nodes.find(({ name }) => name === node)?.facts ?? {};
  const values: Record<string, string> = {
    ...knownValues(stack, config, nodes, node),
    ...HERE_PATHS(stack),
    "lab:public_key": observed.key?.public ?? mark("key:public_key"),
    "here:private_key": mark("secret:here/private_key"),
  };
  for (const token of tokensOf(about)) {
    if (token.startsWith("secret:")) values[token] = mark(token);
    if (token.startsWith("fact:")) values[token] = facts[token.slice("fact:".length)] ?? mark(token);
  }
  return values;

  /** A lab that was cut off, or goes on to another, has not all of its nodes yet. */
  function missing() {
    return places(config).filter(({ name }) => observed.nodes.every((one) => one.name !== name));
  }
}

/** Real values of a node, secrets included; what is not known is not among them. */
export function realValues({ stack, config, observed }: Known, node: string): Values {
  const facts = observed.nodes.find(({ name }) => name === node)?.facts ?? {};
  return {
    ...knownValues(stack, config, observed.nodes, node),
    ...Object.fromEntries(Object.entries(observed.secrets).map(([name, value]) => [`secret:${name}`, value])),
    ...Object.fromEntries(Object.entries(facts).map(([name, value]) => [`fact:${name}`, value])),
  };
}

/** Every secret of a stack by the token that stands for it on a page. */
export function secretTokens({ observed }: Known): Readonly<Record<string, string>> {
  const secrets = Object.entries(observed.secrets).map(([name, value]) => [`secret:${name}`, value]);
  const key = observed.key === undefined ? [] : [["secret:here/private_key", observed.key.private.trimEnd()]];
  return Object.fromEntries([...secrets, ...key]);
}
