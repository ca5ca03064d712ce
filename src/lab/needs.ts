import type { StepInstance } from "./instances.ts";

/** What an instance really needs; an install that it only takes its turn after is none of it. */
export const needed = ({ after, turn }: StepInstance): readonly string[] =>
  turn === undefined ? after : after.filter((name) => name !== turn);

/** Instances with all that they need, whatever that needs, and so on. @returns their names */
export function withNeeds(course: readonly StepInstance[], names: Iterable<string>): Set<string> {
  return reached(names, new Map(course.map((item) => [item.name, needed(item)])));
}

/** Instances with all that builds on them, whatever builds on that, and so on. @returns their names */
export function withDependents(course: readonly StepInstance[], names: Iterable<string>): Set<string> {
  const dependents = new Map<string, string[]>();
  for (const item of course) {
    for (const before of needed(item)) dependents.set(before, [...(dependents.get(before) ?? []), item.name]);
  }
  return reached(names, dependents);
}

function reached(names: Iterable<string>, next: ReadonlyMap<string, readonly string[]>): Set<string> {
  const found = new Set<string>();
  const waiting = [...names];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (found.has(name)) continue;
    found.add(name);
    waiting.push(...(next.get(name) ?? []));
  }
  return found;
}
