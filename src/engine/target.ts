import { join } from "node:path";
import { withNeeds } from "../plan/closure.ts";
import type { StepInstance } from "../plan/instances.ts";
import { meantBy } from "../plan/select.ts";
import { readJson, removePath, stackFolder, writeJson } from "./stack-files.ts";

/**
 * How far a stack was meant to go when it was last worked on; nothing is noted where that is its whole lab. Beside the
 * state, for what is not done is not in the state.
 */
export interface Goal {
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

const goalFile = (stack: string): string => join(stackFolder(stack), "goal.json");

export const readGoal = (stack: string): Promise<Goal | undefined> => readJson<Goal>(goalFile(stack));

/** @param goal undefined for the whole lab */
export async function writeGoal(stack: string, goal: Omit<Goal, "at"> | undefined): Promise<void> {
  if (goal === undefined) await removePath(goalFile(stack));
  else await writeJson(goalFile(stack), { ...goal, at: new Date().toISOString() } satisfies Goal);
}

/**
 * Which steps must be done for a stack to be as it was meant to be; the others are not done yet, and that is no failure.
 * With `--through` it is what was asked for with all that it needs. Else it is what the state says is done: whatever is
 * missing was taken back, or stopped before, on purpose.
 * @returns names of instances
 */
export function meant(
  goal: Goal | undefined,
  course: readonly StepInstance[],
  done: ReadonlySet<string>,
): ReadonlySet<string> {
  if (goal === undefined) return new Set(course.map(({ name }) => name));
  if (goal.why !== "through") return done;
  const wanted = meantBy(course, goal.name).map(({ name }) => name);
  return new Set([...withNeeds(course, wanted), ...done]);
}

/**
 * What `lab` is to be told to mend steps, and to go no further than was meant where that is possible: words after the command's
 * own name.
 * @param names of the instances that no longer hold
 */
export function mendedBy(
  goal: Goal | undefined,
  course: readonly StepInstance[],
  names: readonly string[],
): string {
  if (goal?.why !== "through") return "up";
  const wanted = meantBy(course, goal.name).map(({ name }) => name);
  const within = withNeeds(course, wanted);
  return names.every((name) => within.has(name)) ? `up --through ${goal.name}` : "up";
}

/** In words, as a sentence's subject and verb: `It was stopped after keystone`. */
export function goalInWords({ why, name }: Goal): string {
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
