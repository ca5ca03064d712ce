import { UserError } from "../config/errors.ts";
import { LAB } from "../config/paths.ts";
import { notOneOf, showProblem } from "../config/problems.ts";
import type { Observed, ObservedNode } from "../engine/observed.ts";
import type { PlannedStep } from "../plan/planned-steps.ts";
import { unknownName } from "../plan/select.ts";

/**
 * Refuses names of services and steps that the course does not have.
 * @throws UserError (exit code 2) with the nearest match; of steps only those of the service are listed
 */
export function checkCourseNames(names: readonly string[], course: readonly PlannedStep[]): void {
  const lines = names
    .filter((name) => !course.some((item) => item.service === name || item.step.id === name))
    .map((name) => unknownName(course, name, "step or service"));
  if (lines.length > 0) throw new UserError(lines.join("\n"));
}

/**
 * A node that is there.
 * @throws UserError with the nodes there are
 */
export function nodeNamed(name: string, observed: Observed): ObservedNode {
  if (observed.nodes.length === 0) throw new UserError(`There are no nodes yet: ${LAB} up makes them.`, 1);
  const names = observed.nodes.map((node) => node.name);
  const node = observed.nodes.find((one) => one.name === name);
  if (node === undefined) throw new UserError(showProblem(notOneOf(["node"], name, names)));
  return node;
}
