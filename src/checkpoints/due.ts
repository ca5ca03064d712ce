import type { CheckpointMode } from "../config/schema.ts";
import type { PlannedStep } from "../plan/planned-steps.ts";
import type { WatchedEvent } from "./events.ts";

/** A checkpoint that is to be taken now. */
export interface DueCheckpoint {
  readonly name: string;
  /** Names of the planned steps that are done in it. */
  readonly with: readonly string[];
}

interface Part {
  readonly name: string;
  readonly members: readonly string[];
  readonly missing: Set<string>;
  /** One of its steps was made in this run, not only done again. */
  made: boolean;
}

/** Name of the checkpoint that `up` takes after a service or a step. */
export const automaticName = (part: string): string => `after-${part}`;

/**
 * Decides from the events of a run when a checkpoint is due: all steps of a service (or one step on all its nodes) are done, and
 * one of them was made in this run. Steps that are only done again make none due: on a finished lab, `after-keystone` would be
 * replaced by a checkpoint of the finished lab. Where a step is the last of its service, the service gives the name.
 */
export class DueCheckpoints {
  readonly #parts: Part[];

  constructor(course: readonly PlannedStep[], mode: CheckpointMode) {
    const of = (key: (item: PlannedStep) => string): Part[] =>
      [...new Set(course.map(key))].map((name) => {
        const members = course.filter((item) => key(item) === name).map((item) => item.name);
        return { name: automaticName(name), members, missing: new Set(members), made: false };
      });
    const services = mode === "none" ? [] : of(({ service }) => service);
    this.#parts = [...services, ...(mode === "step" ? of(({ step }) => step.id) : [])];
  }

  /** @returns the checkpoint that is due with this event */
  see(event: WatchedEvent): DueCheckpoint | undefined {
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
