import { kindOf } from "../actions/index.ts";
import type { StackConfig } from "../config/schema.ts";
import type { Packages } from "../hardware/types.ts";
import type { PlannedStep } from "./planned-steps.ts";

/** The packages that each node installs, in course order. They are downloaded first, or are in the node's image. */
export function packagesByNode(config: StackConfig, course: readonly PlannedStep[]): Packages {
  const of = (node: string): string[] =>
    course.flatMap(({ node: on, step: { action } }) =>
      on === node ? (kindOf(action).installs?.(action) ?? []) : [],
    );
  return Object.fromEntries(Object.keys(config.nodes).map((node) => [node, [...new Set(of(node))]]));
}
