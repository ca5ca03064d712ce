import { type Properties, same } from "./values.ts";

/** What became of one input, and whether that makes the resource anew. */
export interface Change {
  readonly property: string;
  readonly kind: "add" | "delete" | "update";
  readonly replace: boolean;
}

/**
 * As the official plugin compares: any input that differs makes an update, `connection` and `logging` too; `triggers` a
 * replacement. A value that became secret (or is no longer) differs: kept as it was it would stay plain in the state.
 */
export function changes(olds: Properties, news: Properties, ignored: readonly string[] = []): Change[] {
  const skip = (key: string) =>
    key === "version" || key.startsWith("__") || ignored.some((path) => within(path, key));
  const keys = [...new Set([...Object.keys(olds), ...Object.keys(news)])].sort();
  return keys
    .filter((key) => !skip(key) && !same(olds[key], news[key]))
    .map((property) => ({
      property,
      kind:
        (olds[property] ?? null) === null ? "add" : (news[property] ?? null) === null ? "delete" : "update",
      replace: property === "triggers",
    }));
}

/** Whether the path `a.b[0]` lies in the property. */
const within = (path: string, property: string): boolean => path.split(/[.[]/)[0] === property;
