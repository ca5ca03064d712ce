import type { Difference } from "./types.ts";

/** What was seen of an object: field → value. */
export type Seen = Readonly<Record<string, Value>>;
type Value = string | boolean | null | readonly string[];

/** What differs between an object and how it is to be; fields that nothing is expected of do not count. @param seen null where there is none */
export function differ(what: string, seen: Seen | null | undefined, expected: Seen): Difference[] {
  if (!seen) return [{ what, expected: "exists", seen: "missing" }];
  return Object.entries(expected)
    .map(([name, value]) => ({
      what: `${name} of ${what}`,
      expected: show(value),
      seen: show(seen[name] ?? null),
    }))
    .filter((pair) => pair.expected !== pair.seen);
}

function show(value: Value): string {
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (value === null) return "none";
  return typeof value === "string" ? value : value.join(", ") || "none";
}
