import { DRIFT, RUN_AGAIN } from "../actions/environment.ts";
import { pluginVariable, withoutPluginVariables } from "./plugin-variables.ts";
import { type Properties, same } from "./values.ts";

/** How one input changed, and whether that replaces the resource. */
export interface Change {
  /** Path of the property. */
  readonly property: string;
  readonly kind: "add" | "delete" | "update";
  readonly replace: boolean;
}

/**
 * Compares as the official plugin does: every input that differs is an update, also `connection` and `logging`; `triggers` is a
 * replacement. A value that became secret, or is no longer secret, differs too: otherwise it would stay plain in the state.
 */
export function changes(olds: Properties, news: Properties, ignored: readonly string[] = []): Change[] {
  const skip = (key: string) =>
    key === "version" || key.startsWith("__") || ignored.some((path) => within(path, key));
  const [before, after] = [withoutPluginVariables(olds), withoutPluginVariables(news)];
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return [
    ...keys
      .filter((key) => !skip(key) && !same(before[key], after[key]))
      .map(
        (property): Change => ({
          property,
          kind: kindOf(before[property], after[property]),
          replace: property === "triggers",
        }),
      ),
    ...pluginVariables(olds, news),
  ];
}

/** A new rerun token has a command run again, and so does a drift that a refresh recorded. */
function pluginVariables(olds: Properties, news: Properties): Change[] {
  const of = (name: string) => [pluginVariable(olds, name), pluginVariable(news, name)] as const;
  return [of(RUN_AGAIN), of(DRIFT)].flatMap(([before, after], index) => {
    if (before === after || (index === 0 && after === undefined)) return [];
    const property = `environment.${index === 0 ? RUN_AGAIN : DRIFT}`;
    return [{ property, kind: kindOf(before, after), replace: false }];
  });
}

const kindOf = (before: unknown, after: unknown): Change["kind"] =>
  (before ?? null) === null ? "add" : (after ?? null) === null ? "delete" : "update";

/** Whether the path `a.b[0]` lies in the property. */
const within = (path: string, property: string): boolean => path.split(/[.[]/)[0] === property;
