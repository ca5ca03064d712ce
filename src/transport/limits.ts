/** How long one kind of script may take, and how patiently its endpoint is dialled. */
export interface Limit {
  /** Seconds until the script is ended and counts as not answered. @default none: it ends by itself or by cancellation */
  readonly seconds?: number;
  /** How often a failed dial is repeated; -1 until the time is over. */
  readonly dialRetries: number;
  /** Seconds of one dial. */
  readonly dialSeconds: number;
}

/** Every limit of a script that `lab` runs on a node or on this machine, with its reason. */
export const LIMITS = {
  /**
   * Does the endpoint answer at all? A node that boots refuses, and is asked again at once; one that is overloaded gets two dials of
   * 10 s; one that is gone or hangs must not hold up the others.
   */
  reach: { seconds: 25, dialRetries: 3, dialSeconds: 10 },
  /**
   * One script probes all steps of a kind on a node. Each of its questions has a limit of its own (at most 30 s), so that one that hangs
   * costs itself only; this is the limit of all of them, for a node on which nothing ends. With `reach` it stays below 60 s.
   */
  probe: { seconds: 50, dialRetries: 3, dialSeconds: 10 },
  /** One script of checks: as above. */
  check: { seconds: 50, dialRetries: 3, dialSeconds: 10 },
  /** The questions that tell known causes: a few, of 8 s each. Failed checks are shown after them. */
  health: { seconds: 20, dialRetries: 3, dialSeconds: 10 },
  /** A node that was put back to a checkpoint boots: sshd answers when it is up, so it is dialled until then. */
  boot: { seconds: 120, dialRetries: -1, dialSeconds: 4 },
  /** A step downloads and installs packages: nobody knows how long. The person who waits for it cancels it. */
  step: { dialRetries: 10, dialSeconds: 15 },
} as const satisfies Readonly<Record<string, Limit>>;

export type LimitName = keyof typeof LIMITS;
