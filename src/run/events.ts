import type { Difference } from "../actions/types.ts";
import type { CheckpointEvent } from "../checkpoints/events.ts";

/** Version of the format. It changes when a program that reads the old format would misread the new one. */
export const EVENTS_VERSION = 1;

/** What a run is: its first event. */
export interface RunStarted {
  readonly type: "run";
  readonly version: typeof EVENTS_VERSION;
  readonly command: "up" | "preview" | "down" | "reset" | "redo" | "bake" | "verify";
  readonly stack: string;
  /** @default the stack's configuration cannot be read */
  readonly lab?: string;
  readonly at: number;
}

/** How a run ended: its last event. A run that was killed has none. */
export interface RunEnded {
  readonly type: "ended";
  readonly ok: boolean;
  readonly interrupted: boolean;
  readonly seconds: number;
  /** Resources that were worked on, and those that were up to date. @default the command changes none */
  readonly changed?: number;
  readonly unchanged?: number;
  /** Resources or checks that failed. */
  readonly failed: number;
  /** The step before which a person stopped it. @default nobody stopped it */
  readonly stoppedBefore?: string;
  /** What went wrong, where it was no resource and no check. */
  readonly message?: string;
  readonly at: number;
}

/** Which resource an event is about. */
interface Subject {
  /** Resource name: `<step id>@<node>`, or the name of a piece of hardware or a secret. */
  readonly name: string;
  /** @default the resource is not a step */
  readonly step?: string;
  readonly node?: string;
}

/** A resource is worked on. */
export interface StartedEvent extends Subject {
  readonly type: "started";
  readonly title: string;
  readonly operation: "create" | "update" | "delete" | "replace";
  readonly at: number;
}

/** The result of one check of `lab verify`. */
interface CheckEvent {
  readonly type: "check";
  readonly check: string;
  readonly step: string;
  readonly node: string;
  readonly ok: boolean;
  readonly expected: string;
  readonly seen: string;
  /** `not-done`, `unreachable`, `step`, `check` or `cause`. @default none: it is ok */
  readonly fault?: string;
  readonly seconds: number;
  readonly at: number;
}

/**
 * What happens in a run. The same objects are written to `events.jsonl`, shown to people and printed by `--json`; docs/events.md
 * describes them. `at` is in milliseconds since the epoch. No event holds a secret.
 */
export type RunEvent =
  | RunStarted
  /** Found before anything is changed, or told while the run waits: one line. */
  | { readonly type: "found"; readonly text: string; readonly at: number }
  /** A step has drifted: it is done again. */
  | (Required<Subject> & {
      readonly type: "drift";
      readonly differences: readonly Difference[];
      readonly at: number;
    })
  /** How many resources the run covers. */
  | { readonly type: "plan"; readonly total: number; readonly at: number }
  | StartedEvent
  /** Lines that a resource printed. */
  | { readonly type: "output"; readonly name: string; readonly text: string; readonly at: number }
  | (Subject & {
      readonly type: "done";
      /** False for a resource that was up to date. */
      readonly changed: boolean;
      readonly seconds: number;
      readonly at: number;
    })
  | (Subject & {
      readonly type: "failed";
      readonly message: string;
      readonly seconds: number;
      /** Exit code of the script, where `lab` ran it itself. */
      readonly code?: number;
      readonly at: number;
    })
  | CheckpointEvent
  | CheckEvent
  | RunEnded;
