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

/**
 * What a service builds on, each with all that it needs itself: with these a lab has all that comes before the service.
 * @param id the service's
 * @returns ids of services, in course order
 */
export function buildsOn(course: readonly StepInstance[], id: string): string[] {
  const serviceOf = new Map(course.map(({ name, service }) => [name, service]));
  const named = (service: string) =>
    course.filter((item) => item.service === service).map(({ name }) => name);
  const before = (service: string): Set<string> => {
    const all = new Set([...withNeeds(course, named(service))].flatMap((name) => serviceOf.get(name) ?? []));
    all.delete(service);
    return all;
  };
  const needs = before(id);
  const further = new Set([...needs].flatMap((service) => [...before(service)]));
  const order = [...new Set(course.map(({ service }) => service))];
  return order.filter((service) => needs.has(service) && !further.has(service));
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
