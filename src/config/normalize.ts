import type { Problem } from "./problems.ts";

/** The project's namespace in a stack file. */
export const NAMESPACE = "scratchstack";

/**
 * The keys of a stack's configuration in this project's namespace, without the namespace. A key without a value (`null`) takes its
 * default, so it is left out. A release written as a number becomes text.
 */
export function ownValues(config: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const own: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(config)) {
    const [namespace, ...name] = key.split(":");
    if (name.length === 0) own[key] = value;
    else if (namespace === NAMESPACE) own[name.join(":")] = value;
  }
  if (typeof own.release === "number") own.release = String(own.release);
  if (isMapping(own.nodes)) {
    own.nodes = Object.fromEntries(Object.entries(own.nodes).map(([name, node]) => [name, node ?? {}]));
  }
  return withoutNulls(own) as Record<string, unknown>;
}

/** The same keys with the kind of hardware, also where the stack file does not name it. */
export const withKind = (own: Record<string, unknown>, kind: string): Record<string, unknown> =>
  isMapping(own.hardware) ? { ...own, hardware: { kind, ...own.hardware } } : own;

/** Structured values come from Pulumi's runtime as JSON text. */
export function fromRuntime(config: Readonly<Record<string, string>>): {
  values: Record<string, unknown>;
  problems: Problem[];
} {
  const problems: Problem[] = [];
  const values = Object.fromEntries(
    Object.entries(config).map(([key, value]): [string, unknown] => {
      if (value === "") return [key, undefined];
      if (!/^\s*[[{]/.test(value)) return [key, value];
      try {
        return [key, JSON.parse(value)];
      } catch {
        if (key.startsWith(`${NAMESPACE}:`)) {
          problems.push({
            path: [key.slice(NAMESPACE.length + 1)],
            found: "text that is not JSON",
            expected: "JSON",
          });
        }
        return [key, undefined];
      }
    }),
  );
  return { values, problems };
}

export const isMapping = (value: unknown): value is Record<string, unknown> =>
  value !== null && typeof value === "object" && !Array.isArray(value);

function withoutNulls(value: unknown): unknown {
  if (!isMapping(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, item]) => item !== null && item !== undefined)
      .map(([key, item]) => [key, withoutNulls(item)]),
  );
}
