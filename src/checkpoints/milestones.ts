import type { CheckpointMode } from "../config/schema.ts";
import type { PlannedStep } from "../plan/planned-steps.ts";
import type { WatchedEvent } from "./events.ts";

/** A checkpoint that is to be taken. */
export interface Due {
  readonly name: string;
  /** Names of the planned steps with which it is due. */
  readonly with: readonly string[];
}

interface Part {
  readonly name: string;
  readonly members: readonly string[];
  readonly missing: Set<string>;
  /** Something of it was made now: not only mended, or done in another way. */
  made: boolean;
}

/** Names of the checkpoints that `up` takes by itself. */
export const after = (part: string): string => `after-${part}`;

/**
 * Watches a run and tells when a checkpoint is due: once all steps of a service (or a step, on all its nodes) are done, if any of them was
 * made now. What is only mended makes none: on a finished lab `after-keystone` would else become the lab that has all. Where a service ends with the step, the service gives the name.
 */
export class Milestones {
  readonly #parts: Part[];

  constructor(course: readonly PlannedStep[], mode: CheckpointMode) {
    const of = (key: (item: PlannedStep) => string): Part[] =>
      [...new Set(course.map(key))].map((name) => {
        const members = course.filter((item) => key(item) === name).map((item) => item.name);
        return { name: after(name), members, missing: new Set(members), made: false };
      });
    const services = mode === "none" ? [] : of(({ service }) => service);
    this.#parts = [...services, ...(mode === "step" ? of(({ step }) => step.id) : [])];
  }

  /** @returns what is due with this event, if anything */
  see(event: WatchedEvent): Due | undefined {
    const { type, name, operation } = event;
    if (name === undefined) return undefined;
    if (type === "started" && isMaking(operation)) {
      for (const part of this.#parts) part.made ||= part.members.includes(name);
    }
    if (type !== "done") return undefined;
    const due = this.#parts.filter((part) => {
      if (!part.members.includes(name)) return false;
      const first = part.missing.delete(name);
      return first && part.missing.size === 0 && part.made;
    });
    const [part] = due;
    return part && { name: part.name, with: part.members };
  }
}

const isMaking = (operation: string | undefined): boolean =>
  operation === "create" || operation === "replace";
