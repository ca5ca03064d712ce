import type { Difference } from "../actions/types.ts";
import type { ProbedLab } from "../drift/probe-lab.ts";
import type { DoneStep, Observed } from "../engine/observed.ts";
import type { PlannedStep } from "../plan/planned-steps.ts";

/** A step on a node, done or not. */
interface StepStatus {
  readonly step: string;
  readonly node: string;
  readonly title: string;
  readonly done: DoneStep | undefined;
  /** What differs where it was done and somebody has undone it; undefined where nothing does, or nobody looked. */
  readonly drift?: readonly Difference[];
}

/** A service and how far it is. */
export interface ServiceStatus {
  readonly service: string;
  readonly done: number;
  readonly total: number;
  /** Time of all its steps that are done. */
  readonly seconds: number;
  readonly steps: readonly StepStatus[];
}

/** The course against what is there, service by service in course order. */
export function servicesOf(
  course: readonly PlannedStep[],
  observed: Observed,
  looked: ProbedLab,
): ServiceStatus[] {
  const drift = new Map(
    looked.steps
      .filter(({ status }) => status === "drifted")
      .map(({ planned, differences }) => [planned.name, { drift: differences }]),
  );
  const done = new Map(observed.done.map((item) => [item.name, item]));
  const services = [...new Set(course.map((item) => item.service))];
  return services.map((service) => {
    const steps = course
      .filter((item) => item.service === service)
      .map(({ name, step, node }) => ({
        step: step.id,
        node,
        title: step.title,
        done: done.get(name),
        ...drift.get(name),
      }));
    return {
      service,
      done: steps.filter((step) => step.done !== undefined).length,
      total: steps.length,
      seconds: steps.reduce((sum, step) => sum + (step.done?.seconds ?? 0), 0),
      steps,
    };
  });
}
