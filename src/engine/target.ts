import { join } from "node:path";
import { withDependencies } from "../plan/closure.ts";
import type { PlannedStep } from "../plan/planned-steps.ts";
import { stepsNamed } from "../plan/select.ts";
import { readJson, removePath, stackFolder, writeJson } from "./stack-files.ts";

/**
 * How far a stack is to be built. There is no record when the target is the whole lab. The record is beside the state: what is not
 * done is not in the state.
 */
export interface Target {
  /**
   * - `through`: `lab up --through`, with a service or step
   * - `before`: stopped in `lab up --step`, before a step
   * - `without`: steps were left out in `lab up --step`
   * - `checkpoint`: one was restored
   * - `reset`: a service was reset
   */
  readonly why: "through" | "before" | "without" | "checkpoint" | "reset";
  /** Name of the service, step or checkpoint. */
  readonly name: string;
  /** The lab that the stack is at. */
  readonly lab: string;
  /** Since when, ISO 8601. */
  readonly at: string;
}

const targetFile = (stack: string): string => join(stackFolder(stack), "goal.json");

export const readTarget = (stack: string): Promise<Target | undefined> => readJson<Target>(targetFile(stack));

/** @param target undefined for the whole lab */
export async function writeTarget(stack: string, target: Omit<Target, "at"> | undefined): Promise<void> {
  if (target === undefined) await removePath(targetFile(stack));
  else await writeJson(targetFile(stack), { ...target, at: new Date().toISOString() } satisfies Target);
}

/**
 * Which steps must be done for a stack to be at its target. The others are not done yet, and that is no failure. For `through`, these
 * are the closure of the service or step and everything that is done. For the other reasons, everything that is done: what is
 * missing was reset, or left out, on purpose.
 * @returns names of planned steps
 */
export function targetSteps(
  target: Target | undefined,
  course: readonly PlannedStep[],
  done: ReadonlySet<string>,
): ReadonlySet<string> {
  if (target === undefined) return new Set(course.map(({ name }) => name));
  if (target.why !== "through") return done;
  const wanted = stepsNamed(course, target.name).map(({ name }) => name);
  return new Set([...withDependencies(course, wanted), ...done]);
}

/**
 * The command that does drifted steps again, without the command's own name. It stays within the target if possible.
 * @param names of the planned steps that have drifted
 */
export function reconcileCommand(
  target: Target | undefined,
  course: readonly PlannedStep[],
  names: readonly string[],
): string {
  if (target?.why !== "through") return "up";
  const wanted = stepsNamed(course, target.name).map(({ name }) => name);
  const within = withDependencies(course, wanted);
  return names.every((name) => within.has(name)) ? `up --through ${target.name}` : "up";
}

/** The beginning of a sentence: `It was stopped before keystone/install`. */
export function targetInWords({ why, name }: Target): string {
  switch (why) {
    case "through":
      return `It is to be built through ${name}`;
    case "before":
      return `It was stopped before ${name}`;
    case "without":
      return `It is to be without ${name}`;
    case "checkpoint":
      return `It was put back to ${name}`;
    case "reset":
      return `${name} was reset, with everything that depends on it`;
  }
}
