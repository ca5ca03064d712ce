import { kindOf } from "../actions/index.ts";
import type { NetworkName } from "../config/networks.ts";
import { resolve, tokensOf, type Values } from "../curriculum/tokens.ts";
import type { Lab, Step } from "../curriculum/types.ts";
import type { PlannedStep } from "../plan/planned-steps.ts";
import type { NodeBridge, Running } from "./types.ts";

/** Whether one of these steps uses the interface of its node in a network. */
export function uses(steps: readonly Step[], network: NetworkName): boolean {
  const own = [`self:${network}`, `fact:${network}_interface`, `fact:${network}_device`];
  return steps.some(({ action }) => tokensOf(action).some((token) => own.includes(token)));
}

/**
 * The services of which units run on a node once the course is done there.
 * @param course the steps of this node, in course order
 * @param done names of planned steps that are done; null where the state was not read
 */
export function runningOn(
  lab: Lab,
  course: readonly PlannedStep[],
  done: ReadonlySet<string> | null,
): Running[] {
  const runs = new Map(course.flatMap(({ step }) => unitsOf(step)));
  return lab.services.flatMap(({ id, title, module }) => {
    const own = course.filter(({ service }) => service === id);
    const units = [...new Set(own.flatMap(({ step }) => unitsOf(step)).map(([unit]) => unit))].filter(
      (unit) => runs.get(unit),
    );
    if (units.length === 0) return [];
    return { id, title, module, units, done: done && own.every(({ name }) => done.has(name)) };
  });
}

/** Units, and whether they run after this step. */
const unitsOf = ({ action }: Step): [unit: string, runs: boolean][] =>
  (kindOf(action).units?.(action) ?? []).map(({ name, running }) => [name, running]);

/**
 * The bridges that the course makes on a node, in the order in which it makes them.
 * @param facts what was found out about the node; a bridge that only a missing fact names is left out
 * @param cards names of the node's own interfaces, which are not bridges
 * @param done as for `runningOn`
 */
export function bridgesOn(
  course: readonly PlannedStep[],
  facts: Values,
  cards: readonly string[],
  done: ReadonlySet<string> | null,
): NodeBridge[] {
  const values = Object.fromEntries(Object.entries(facts).map(([name, value]) => [`fact:${name}`, value]));
  return course
    .flatMap(({ name, step }) =>
      (step.bridges ?? []).map((bridge) => ({ ...bridge, made: done?.has(name) ?? null })),
    )
    .filter(({ name }) => tokensOf(name).every((token) => token in values))
    .map(({ name, network = null, made }) => ({ name: resolve(name, values), network, done: made }))
    .filter(({ name }) => !cards.includes(name));
}
