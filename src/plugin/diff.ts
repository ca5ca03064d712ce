import { DRIFT, RUN_AGAIN } from "../actions/environment.ts";
import { markOf, unmarked } from "./marks.ts";
import { type Properties, same } from "./values.ts";

/** What became of one input, and whether that makes the resource anew. */
export interface Change {
  /** Path of the property. */
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
  const [before, after] = [unmarked(olds), unmarked(news)];
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
    ...marked(olds, news),
  ];
}

/** A new mark has a command run again, as does a drift that is noted in what is known of the resource. */
function marked(olds: Properties, news: Properties): Change[] {
  const of = (name: string) => [markOf(olds, name), markOf(news, name)] as const;
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
