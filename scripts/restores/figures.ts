/** One restore of a checkpoint. */
export interface Round {
  readonly checkpoint: string;
  /** Seconds of `lab checkpoint restore`. */
  readonly restore: number;
  /** Seconds from its beginning until all checks of the checkpoint were ok; absent where they were not in time. */
  readonly clean?: number;
  /** How the lab was built to its end from there; absent where it was not. */
  readonly on?: BuiltOn;
}

/** A build from a checkpoint to the end. */
export interface BuiltOn {
  /** Seconds of the `lab up` from there. */
  readonly up: number;
  /** Seconds from its end until all checks of the lab were ok; absent where they were not in time. */
  readonly whole?: number;
}

/** A build with checkpoints. */
export interface Built {
  /** Seconds of `lab up`. */
  readonly up: number;
  /** Each time that checkpoints were taken: their names, and how many seconds it took. */
  readonly kept: readonly { readonly names: readonly string[]; readonly seconds: number }[];
}

/** Whether all checks were ok in time. */
export const cameBack = ({ clean, on }: Round): boolean =>
  clean !== undefined && (on === undefined || on.whole !== undefined);
