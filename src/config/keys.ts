import { z } from "zod";
import type { Path } from "./problems.ts";
import { stackSchema } from "./schema.ts";

/** The part of JSON Schema that tells which keys there are. */
interface Keys {
  readonly properties?: Readonly<Record<string, Keys>>;
  readonly additionalProperties?: Keys | boolean;
  readonly anyOf?: readonly Keys[];
}

const tree = (): Keys => z.toJSONSchema(stackSchema, { io: "input", unrepresentable: "any" }) as Keys;

/** The keys a mapping of the configuration may have; empty where the names are free, as those of nodes. */
export function keysAt(path: Path): string[] {
  let at: Keys | undefined = tree();
  for (const part of path) at = at?.properties?.[part] ?? freeKeys(at);
  return Object.keys(at?.properties ?? {});
}

/** Every key, as a path; a name that is free is written `*`. */
export function allKeys(keys: Keys = tree(), path: readonly string[] = []): string[][] {
  const named = Object.entries(keys.properties ?? {}).flatMap(([key, below]) => [
    [...path, key],
    ...allKeys(below, [...path, key]),
  ]);
  const free = freeKeys(keys);
  return free === undefined ? named : [...named, ...allKeys(free, [...path, "*"])];
}

const freeKeys = (keys: Keys | undefined): Keys | undefined =>
  typeof keys?.additionalProperties === "object" ? keys.additionalProperties : undefined;
