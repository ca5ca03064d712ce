import type { PlannedStep } from "./planned-steps.ts";

/** The direct dependencies of a planned step. An install that it only waits for, because dpkg does one at a time, is none. */
export const dependenciesOf = ({ after, turn }: PlannedStep): readonly string[] =>
  turn === undefined ? after : after.filter((name) => name !== turn);

/** Planned steps with all their dependencies. @returns names */
export function withDependencies(course: readonly PlannedStep[], names: Iterable<string>): Set<string> {
  return reached(names, new Map(course.map((item) => [item.name, dependenciesOf(item)])));
}

/** Planned steps with all their dependents. @returns names */
export function withDependents(course: readonly PlannedStep[], names: Iterable<string>): Set<string> {
  const dependents = new Map<string, string[]>();
  for (const item of course) {
    for (const before of dependenciesOf(item))
      dependents.set(before, [...(dependents.get(before) ?? []), item.name]);
  }
  return reached(names, dependents);
}

/**
 * The services that a service depends on, without those that another one of them depends on.
 * @param id of the service
 * @returns ids of services, in course order
 */
export function serviceDependencies(course: readonly PlannedStep[], id: string): string[] {
  const serviceOf = new Map(course.map(({ name, service }) => [name, service]));
  const named = (service: string) =>
    course.filter((item) => item.service === service).map(({ name }) => name);
  const before = (service: string): Set<string> => {
    const all = new Set(
      [...withDependencies(course, named(service))].flatMap((name) => serviceOf.get(name) ?? []),
    );
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
