/** How a lab that stands is made to differ from what its course says. */
export interface Drift {
  /** What is done to it, as the table in docs/ says it. */
  readonly title: string;
  /** The step that no longer holds, and its node, as preview names them: `<step id>@<node>`. */
  readonly step: string;
  /** Shell, run on the step's node; it may hold tokens. */
  readonly break: string;
  /** The node it is run on. @default the step's own */
  readonly on?: string;
  /** Steps behind it that it undoes too: done again once it is mended. @default none */
  readonly also?: readonly string[];
  /** It is one of the few that every run of the integration tests tries, and in which round: those of one are made at once, so none may need another. @default none */
  readonly sample?: 1 | 2;
}
