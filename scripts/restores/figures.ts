/** A checkpoint that was gone back to. */
export interface Round {
  readonly checkpoint: string;
  /** Seconds of `lab checkpoint restore`. */
  readonly restore: number;
  /** Seconds from its begin until all checks of the checkpoint were ok; absent where that did not happen in time. */
  readonly clean?: number;
  /** How it went on from there; absent where it did not. */
  readonly on?: GoneOn;
}

/** On from a checkpoint to the end. */
export interface GoneOn {
  /** Seconds of the `lab up` from there. */
  readonly up: number;
  /** Seconds from its end until all checks of the whole lab were ok; absent where that did not happen in time. */
  readonly whole?: number;
}

/** What a build with checkpoints costs. */
export interface Built {
  /** Seconds of `lab up`. */
  readonly up: number;
  /** Of each time that something was kept: its names, and the seconds it took. */
  readonly kept: readonly { readonly names: readonly string[]; readonly seconds: number }[];
}

export const cameBack = ({ clean, on }: Round): boolean =>
  clean !== undefined && (on === undefined || on.whole !== undefined);
