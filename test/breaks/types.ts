/** How the subject of a check is broken, and mended again. */
export interface Break {
  /** What is broken, as the table in docs/ says it. */
  readonly title: string;
  /** Shell; it may hold tokens. */
  readonly break: string;
  /** The node it is run on. @default the check's own */
  readonly on?: string;
  /** Nothing that runs notices it: many such are broken at once. @default false */
  readonly quiet?: boolean;
  /** Shell that mends it. @default the step's own script, run once more */
  readonly mend?: string;
  /** The node that is mended. @default the one that was broken; the check's own for the step's script */
  readonly mendOn?: string;
}

/** A break with the check that must name it. */
export interface CheckBreak extends Break {
  /** `<step id>` or `<step id>:<check>`. */
  readonly check: string;
  readonly step: string;
}
