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
   * Does the endpoint answer at all? A node that boots or is overloaded gets a few tries; a node that is gone must not hold up
   * the others. Four dials of 10 s with their pauses fit.
   */
  reach: { seconds: 45, dialRetries: 3, dialSeconds: 10 },
  /**
   * One script probes all steps of a kind on a node. 30 s is the limit for one question; a batch holds dozens, and takes more than
   * 30 s on two cores with emulated servers while everything starts after a restore or a power cut.
   */
  probe: { seconds: 120, dialRetries: 3, dialSeconds: 10 },
  /** One script of checks. Those that ask OpenStack are a batch too, and wait behind one another on the control node. */
  check: { seconds: 90, dialRetries: 3, dialSeconds: 10 },
  /** A node that was put back to a checkpoint boots: sshd answers when it is up, so it is dialled until then. */
  boot: { seconds: 120, dialRetries: -1, dialSeconds: 4 },
  /** A step downloads and installs packages: nobody knows how long. The person who waits for it cancels it. */
  step: { dialRetries: 10, dialSeconds: 15 },
} as const satisfies Readonly<Record<string, Limit>>;

export type LimitName = keyof typeof LIMITS;
