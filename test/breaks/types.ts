/** How the subject of a check is broken, and mended again. */
export interface Break {
  /** What is broken, as the table in docs/ says it. */
  readonly title: string;
  /** Shell, run on the check's node; it may hold tokens. */
  readonly break: string;
  /** Shell that mends it. @default the step's own script, run once more */
  readonly mend?: string;
}

/** A break with the check that must name it. */
export interface CheckBreak extends Break {
  /** `<step id>` or `<step id>:<check>`. */
  readonly check: string;
  readonly step: string;
}
