/** What checkpoints read of a run's events; every event of a run has this shape. */
export interface WatchedEvent {
  /** Only `started` and `done` are of interest. */
  readonly type: string;
  /** The resource's name. */
  readonly name?: string;
  /** Of `started`: `create`, `update`, `replace` or `delete`. */
  readonly operation?: string;
}

/** A checkpoint was saved during a run, or could not be saved. */
export interface CheckpointEvent {
  readonly type: "checkpoint";
  readonly name: string;
  /** Seconds for all checkpoints that were saved together. */
  readonly seconds: number;
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** Why it could not be saved. @default it was saved */
  readonly problem?: string;
}
