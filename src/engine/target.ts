import { join } from "node:path";
import { withDependencies } from "../plan/closure.ts";
import type { PlannedStep } from "../plan/planned-steps.ts";
import { stepsNamed } from "../plan/select.ts";
import { readJson, removePath, stackFolder, writeJson } from "./stack-files.ts";

/**
 * How far a stack was meant to go when it was last worked on; nothing is noted where that is its whole lab. Beside the
 * state, for what is not done is not in the state.
 */
export interface Target {
  /**
   * - `through`: `lab up --through`, with a service or step
   * - `before`: stopped in `lab up --step`, before a step
   * - `without`: steps were left out in `lab up --step`
   * - `checkpoint`: put back to one
   * - `reset`: a service was taken back
   */
  readonly why: "through" | "before" | "without" | "checkpoint" | "reset";
  /** Of the service, step or checkpoint. */
  readonly name: string;
  /** The lab that the stack was at. */
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
 * Which steps must be done for a stack to be as it was meant to be; the others are not done yet, and that is no failure.
 * With `--through` it is what was asked for with all that it needs. Else it is what the state says is done: whatever is
 * missing was taken back, or stopped before, on purpose.
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
 * What `lab` is to be told to mend steps, and to go no further than was meant where that is possible: words after the command's
 * own name.
 * @param names of the planned steps that no longer hold
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

/** In words, as a sentence's subject and verb: `It was stopped after keystone`. */
export function targetInWords({ why, name }: Target): string {
  switch (why) {
    case "through":
      return `It was to go through ${name}`;
    case "before":
      return `It was stopped before ${name}`;
    case "without":
      return `It was to be without ${name}`;
    case "checkpoint":
      return `It was put back to ${name}`;
    case "reset":
      return `${name} was taken back, with all that builds on it`;
  }
}
