import { z } from "zod";
import type { Kinds } from "./kind.ts";
import type { Path } from "./problems.ts";
import { stackSchema } from "./schema.ts";

/** The part of JSON Schema that says which keys exist. */
interface Keys {
  readonly properties?: Readonly<Record<string, Keys>>;
  readonly additionalProperties?: Keys | boolean;
  readonly const?: unknown;
  /** Alternatives that `kind` tells apart. */
  readonly oneOf?: readonly Keys[];
  /** A mapping, or null. */
  readonly anyOf?: readonly Keys[];
}

const tree = (kinds: Kinds): Keys =>
  z.toJSONSchema(stackSchema(kinds), { io: "input", unrepresentable: "any" }) as Keys;

/**
 * The keys a mapping of the configuration may have; empty where the names are free, as those of nodes.
 * @param values the configuration; `kind` in it selects an alternative
 */
export function keysAt(path: Path, values: unknown, kinds: Kinds): string[] {
  let value = values;
  let at = kindOf(tree(kinds), value);
  for (const part of path) {
    value = value !== null && typeof value === "object" ? Reflect.get(value, part) : undefined;
    at = kindOf(at?.properties?.[part] ?? freeKeys(at), value);
  }
  return Object.keys(at?.properties ?? {});
}

/** Every key of a stack on one kind of hardware, as a path; a name that is free is written `*`. */
export const allKeys = (kind: string, kinds: Kinds): string[][] => keysBelow(tree(kinds), kind, []);

function keysBelow(keys: Keys, kind: string, path: readonly string[]): string[][] {
  const named = Object.entries(keys.properties ?? {}).flatMap(([key, below]) => [
    [...path, key],
    ...keysBelow(below, kind, [...path, key]),
  ]);
  const ofKind = keys.oneOf?.filter(({ properties }) => properties?.kind?.const === kind) ?? [];
  const others = [...ofKind, ...(keys.anyOf ?? [])].flatMap((one) => keysBelow(one, kind, path));
  const free = freeKeys(keys);
  return [...named, ...others, ...(free === undefined ? [] : keysBelow(free, kind, [...path, "*"]))];
}

function kindOf(keys: Keys | undefined, value: unknown): Keys | undefined {
  if (keys?.oneOf === undefined)
    return keys?.anyOf?.find(({ properties }) => properties !== undefined) ?? keys;
  const kind = value !== null && typeof value === "object" ? Reflect.get(value, "kind") : undefined;
  return keys.oneOf.find((one) => one.properties?.kind?.const === kind);
}

const freeKeys = (keys: Keys | undefined): Keys | undefined =>
  typeof keys?.additionalProperties === "object" ? keys.additionalProperties : undefined;
