import type { Difference } from "../actions/types.ts";
import type { CheckpointEvent } from "../checkpoints/events.ts";

/** What happens during `up` and `down`, as the CLI shows it and as `--json` prints it. */
export type LabEvent =
  | {
      /** On what the lab would be built, before anything is changed: a line of it. */
      readonly type: "found";
      readonly text: string;
    }
  | {
      /** A step that was done no longer holds: it is done again. */
      readonly type: "drift";
      readonly name: string;
      readonly step: string;
      readonly node: string;
      readonly differences: readonly Difference[];
    }
  | {
      readonly type: "plan";
      /** Everything that will be looked at: resource names in course order. */
      readonly total: number;
    }
  | {
      readonly type: "started";
      /** Resource name: `<step id>@<node>`, or that of a piece of hardware or a secret. */
      readonly name: string;
      /** Absent for what is not a step. */
      readonly step?: string;
      readonly node?: string;
      readonly title: string;
      readonly operation: "create" | "update" | "delete" | "replace";
      /** Milliseconds since the epoch. */
      readonly at: number;
    }
  | { readonly type: "output"; readonly name: string; readonly text: string }
  | {
      readonly type: "done";
      readonly name: string;
      readonly step?: string;
      readonly node?: string;
      /** False for what already was as it should be. */
      readonly changed: boolean;
      readonly seconds: number;
      readonly at: number;
    }
  | {
      readonly type: "failed";
      readonly name: string;
      readonly step?: string;
      readonly node?: string;
      readonly message: string;
      readonly at: number;
    }
  | CheckpointEvent;
