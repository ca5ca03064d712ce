import { kindOf } from "../actions/index.ts";
import type { StackConfig } from "../config/schema.ts";
import type { Packages } from "../hardware/types.ts";
import type { PlannedStep } from "./planned-steps.ts";

/** All that each node will install, in course order: to be fetched ahead, or to be in its image. */
export function packagesByNode(config: StackConfig, course: readonly PlannedStep[]): Packages {
  const of = (node: string): string[] =>
    course.flatMap(({ node: on, step: { action } }) =>
      on === node ? (kindOf(action).installs?.(action) ?? []) : [],
    );
  return Object.fromEntries(Object.keys(config.nodes).map((node) => [node, [...new Set(of(node))]]));
}
