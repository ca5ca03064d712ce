/** A change that makes a step of a built lab drift. */
export interface Drift {
  /** What is changed, as in the table of docs/reliability.md. */
  readonly title: string;
  /** The step that drifts, as preview names it: `<step id>@<node>`. */
  readonly step: string;
  /** Shell that runs on the node of the step; it may contain tokens. */
  readonly break: string;
  /** The node on which it runs. @default the node of the step */
  readonly on?: string;
  /** Later steps that the same change breaks: `up` does them again too. @default none */
  readonly also?: readonly string[];
  /**
   * The round in which every run of the integration tests tries it. All drifts of a round are made at once, so none may need another.
   * @default only `scripts/test all` tries it
   */
  readonly sample?: 1 | 2;
}
