/** How the subject of a check is broken, and fixed again. */
export interface Break {
  /** What is broken, as in the table of docs/breaks.md. */
  readonly title: string;
  /** Shell; it may contain tokens. */
  readonly break: string;
  /** The node on which it runs. @default the node of the check */
  readonly on?: string;
  /** No running service notices it, so the tests break many of these at once. @default false */
  readonly quiet?: boolean;
  /** Shell that fixes it. @default the script of the step runs again */
  readonly fix?: string;
  /** The node on which `fix` runs. @default the node of `break`; for the script of the step, the node of the check */
  readonly fixOn?: string;
}

/** A break with the check that must name it. */
export interface CheckBreak extends Break {
  /** `<step id>` or `<step id>:<check>`. */
  readonly check: string;
  readonly step: string;
}
