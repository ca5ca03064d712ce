/** A known cause: what is printed where it hinders a node or a service, what it is, and what mends it. */
interface KnownCause {
  /** Matches a line of the answer; its groups are `$1`, `$2`, … in `found` and `fix`. */
  readonly pattern: RegExp;
  /** `$1` is a systemd unit. One that no step starts hinders the lab only perhaps. @default false */
  readonly unit?: true;
  /** What hinders, in a few words. */
  readonly found: string;
  /** Command for the node that mends it, or shows what to mend. */
  readonly fix: string;
}

/** A question about a node, or about a service on its node, that tells known causes. */
export interface HealthQuestion {
  readonly name: string;
  /** Id of the service that it is about; it is asked where the service has a step. @default every node is asked about itself */
  readonly service?: string;
  /** Shell, run as root, with tokens. It changes nothing, needs no free disk, and prints a line for each cause. */
  readonly text: string;
  readonly causes: readonly KnownCause[];
  /**
   * What it means that there is no answer in time. A busy node answers late too, so this counts only where a check fails.
   * @default it means nothing
   */
  readonly silent?: Pick<KnownCause, "found" | "fix">;
}

/** Why checks and steps of a node fail, as the node itself tells. */
export interface Cause {
  /** Name of the question that told it. */
  readonly name: string;
  readonly node: string;
  /** Id of a step of the node: the service's that is hindered, or the node's first. What needs that step fails because of the cause. */
  readonly step: string;
  /** `RabbitMQ: disk alarm, publishers are blocked`. */
  readonly found: string;
  /** Command for the node. */
  readonly fix: string;
  /** It counts only where something fails. */
  readonly hint: boolean;
}
