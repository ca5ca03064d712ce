import { UserError } from "../config/errors.ts";
import { LAB } from "../config/paths.ts";
import { notOneOf, showProblem } from "../config/problems.ts";
import type { ObservedNode } from "../engine/observed.ts";
import type { CurrentStack, Stack } from "../engine/stack.ts";
import type { PlannedStep } from "../plan/planned-steps.ts";
import { unknownName } from "../plan/select.ts";

// What a person names on the command line, found in a stack. Every message names the stack that was searched.

/**
 * The node of a stack with this name.
 * @throws UserError (exit code 2) with the nodes that exist; exit code 1 when the stack has none
 */
export async function nodeNamed(stack: Stack, name: string): Promise<ObservedNode> {
  const { nodes } = await stack.state();
  const found = nodes.find((node) => node.name === name);
  if (found !== undefined) return found;
  if (nodes.length === 0)
    throw new UserError(`${stack.name} has no nodes yet: ${LAB} up --stack ${stack.name} makes them.`, 1);
  const names = nodes.map((node) => node.name);
  throw new UserError(showProblem(notOneOf([`node in ${stack.name}`], name, names)));
}

/**
 * Refuses names that are neither a service nor a step of a stack's lab.
 * @throws UserError (exit code 2) with the nearest match; for a step, only the steps of its service are listed
 */
export function refuseUnknownNames(
  stack: string,
  names: readonly string[],
  course: readonly PlannedStep[],
): void {
  const lines = names
    .filter((name) => !course.some((item) => item.service === name || item.step.id === name))
    .map((name) => unknownName(course, name, `step or service in ${stack}`));
  if (lines.length > 0) throw new UserError(lines.join("\n"));
}

/**
 * The planned steps of a step, or one planned step by its full name.
 * @throws UserError (exit code 2) with the nearest match; all steps of its service are listed
 */
export function stepNamed({ name: stack, steps }: CurrentStack, name: string): PlannedStep[] {
  const found = steps.filter((item) => item.step.id === name || item.name === name);
  if (found.length > 0) return found;
  const [id = ""] = name.split("@");
  const ids = [...new Set(steps.map((item) => item.step.id))];
  const own = steps.filter((item) => item.step.id === id).map((item) => item.name);
  const siblings = ids.filter((step) => step.startsWith(`${id.split("/")[0]}/`));
  const listed = own.length > 0 ? own : siblings.length > 0 ? siblings : undefined;
  const problem = notOneOf([`step in ${stack}`], name, listed ?? ids);
  if (listed !== undefined) throw new UserError(showProblem(problem));
  throw new UserError(
    showProblem({ ...problem, expected: `a step of the course; \`${LAB} status --steps\` lists them` }),
  );
}
