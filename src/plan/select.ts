import { UserError } from "../config/errors.ts";
import { notOneOf, showProblem } from "../config/problems.ts";
import type { PlannedStep } from "./planned-steps.ts";

/** The planned steps of a service, of a step, or of a step on one node. @returns empty when the course has no such name */
export const stepsNamed = (course: readonly PlannedStep[], name: string): PlannedStep[] =>
  course.filter((item) => [item.service, item.step.id, item.name].includes(name));

/**
 * The same for a name that must exist.
 * @param what is asked for, as the message has it: `--through in lab002-local`
 * @throws UserError (exit code 2) with the nearest match and the names that exist
 */
export function requireStepsNamed(course: readonly PlannedStep[], name: string, what: string): PlannedStep[] {
  const found = stepsNamed(course, name);
  if (found.length === 0) throw new UserError(unknownName(course, name, what));
  return found;
}

/** The message for a name that the course does not have. For a step, only the steps of its service are listed. */
export function unknownName(course: readonly PlannedStep[], name: string, what: string): string {
  const services = unique(course.map((item) => item.service));
  const steps = unique(course.map((item) => item.step.id));
  const own = steps.filter((id) => id.startsWith(`${name.split("/")[0]}/`));
  const listed = name.includes("/") && own.length > 0 ? own : services;
  return showProblem({
    ...notOneOf([what], name, listed),
    nearest: notOneOf([], name, [...services, ...steps]).nearest,
  });
}

/**
 * The planned steps of a service.
 * @param what is asked for, as the message has it: `service in lab002-local`
 * @throws UserError (exit code 2) with the services that exist
 */
export function stepsOfService(course: readonly PlannedStep[], name: string, what: string): PlannedStep[] {
  const found = course.filter((item) => item.service === name);
  if (found.length > 0) return found;
  const services = unique(course.map((item) => item.service));
  throw new UserError(showProblem(notOneOf([what], name, services)));
}

const unique = (all: readonly string[]): string[] => [...new Set(all)];
