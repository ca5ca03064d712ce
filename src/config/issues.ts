import type { z } from "zod";
import { keysAt } from "./keys.ts";
import type { Kinds } from "./kind.ts";
import { nearest } from "./nearest.ts";
import { isMapping } from "./normalize.ts";
import { leadsTo, notOneOf, type Path, type Problem, show, showPath } from "./problems.ts";

/** What zod found, as problems: where, what was found, what is allowed, the nearest match. */
export function problemsOf(issues: readonly z.core.$ZodIssue[], values: unknown, kinds: Kinds): Problem[] {
  return issues.flatMap((issue): Problem[] => {
    const path = issue.path.map((part) => (typeof part === "number" ? part : String(part)));
    if (issue.code === "unrecognized_keys")
      return issue.keys.map((key) => unknownKey(path, key, values, kinds));
    const value = valueAt(values, path);
    if (issue.code === "invalid_union") return [notOneOf(path, value, Object.keys(kinds))];
    if (issue.code === "invalid_value") return [notOneOf(path, value, issue.values.map(String))];
    const found = isSecret(issue, path, value, kinds) ? kindOfValue(value) : show(value);
    return [{ path, found, expected: issue.message }];
  });
}

/** Values that are a secret, or may hold one, are never shown. */
const isSecret = (issue: z.core.$ZodIssue, path: Path, value: unknown, kinds: Kinds): boolean =>
  (issue.code === "custom" && issue.params?.secret === true) ||
  secretPaths(kinds).includes(showPath(path)) ||
  (showPath(path) === "hardware" && typeof value === "object");

/** Of all kinds: where the kind is misspelt, it is not known which one was meant. */
const secretPaths = (kinds: Kinds): string[] =>
  Object.values(kinds).flatMap(({ secretKeys = [] }) => secretKeys.map((key) => `hardware.${key}`));

/** The type of a value, without its content. */
function kindOfValue(value: unknown): string {
  if (Array.isArray(value)) return "a list";
  if (isMapping(value)) return "a mapping";
  return value === undefined ? show(value) : typeof value === "string" ? "text" : `a ${typeof value}`;
}

/** The values without the wrong ones, so that the rest can be checked too. A list with a wrong item is left out as a whole. */
export function without(values: unknown, wrong: readonly Path[], path: Path = []): unknown {
  if (!isMapping(values)) return values;
  const bad = new Set(wrong.map((one) => showPath(one.filter((part) => typeof part === "string"))));
  return Object.fromEntries(
    Object.entries(values)
      .filter(([key]) => !bad.has(showPath([...path, key])))
      .map(([key, value]) => [key, without(value, wrong, [...path, key])]),
  );
}

/** Problems that do not follow from others: their key is not below a wrong one, and no key that they depend on is wrong. */
export const independent = (found: readonly Problem[], wrong: readonly Path[]): Problem[] =>
  found.filter(
    ({ path, about = [] }) =>
      !wrong.some((bad) => leadsTo(bad, path) || about.some((on) => leadsTo(bad, on) || leadsTo(on, bad))),
  );

function unknownKey(path: Path, key: string, values: unknown, kinds: Kinds): Problem {
  const keys = keysAt(path, values, kinds);
  return {
    path: [...path, key],
    found: "an unknown key",
    expected: `one of ${keys.join(", ")}`,
    nearest: nearest(key, keys),
  };
}

const valueAt = (values: unknown, path: Path): unknown =>
  path.reduce<unknown>(
    (value, part) => (value !== null && typeof value === "object" ? Reflect.get(value, part) : undefined),
    values,
  );
