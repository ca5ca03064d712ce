import type { Difference } from "../actions/types.ts";
import type { ProbedLab } from "../drift/probe-lab.ts";
import type { DoneStep } from "../engine/observed.ts";
import type { CurrentStack } from "../engine/stack.ts";

/** A step on a node, done or not. */
export interface StepStatus {
  readonly step: string;
  readonly node: string;
  readonly title: string;
  readonly done: DoneStep | undefined;
  /** What differs when the step was done and no longer holds. @default it holds, or nobody probed it */
  readonly drift?: readonly Difference[];
  /** It cannot be judged, because a step that it needs has drifted or no probe answered. @default false */
  readonly blocked?: true;
  /** It is beyond the target: not done yet, on purpose. @default false */
  readonly later?: true;
}

/** A service and how much of it is done. */
export interface ServiceStatus {
  readonly service: string;
  readonly done: number;
  readonly total: number;
  /** Time of all its steps that are done. */
  readonly seconds: number;
  readonly steps: readonly StepStatus[];
}

/** A stack's planned steps compared with its state and its nodes, service by service in course order. */
export function servicesOf(
  { steps: course, state, wanted }: CurrentStack,
  probed: ProbedLab,
): ServiceStatus[] {
  const found = new Map(probed.steps.map((step) => [step.planned.name, step]));
  const done = new Map(state.done.map((item) => [item.name, item]));
  const statusOf = (name: string): Pick<StepStatus, "drift" | "blocked" | "later"> => {
    const { status, differences = [] } = found.get(name) ?? {};
    if (status === "drifted") return { drift: differences };
    if (status === "blocked") return { blocked: true };
    return wanted.has(name) ? {} : { later: true };
  };
  return [...new Set(course.map((item) => item.service))].map((service) => {
    const steps = course
      .filter((item) => item.service === service)
      .map(({ name, step, node }): StepStatus => {
        return { step: step.id, node, title: step.title, done: done.get(name), ...statusOf(name) };
      });
    return {
      service,
      done: steps.filter((step) => step.done !== undefined).length,
      total: steps.length,
      seconds: steps.reduce((sum, step) => sum + (step.done?.seconds ?? 0), 0),
      steps,
    };
  });
}
