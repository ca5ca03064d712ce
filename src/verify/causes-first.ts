import type { Cause } from "../health/types.ts";
import type { CheckResult } from "./results.ts";

/**
 * Hands results on: those that are ok at once, failed ones after the causes, so that the cause is seen first. Causes count as failed
 * results; hints only where a check fails.
 */
export class CausesFirst {
  #known = false;
  #held: CheckResult[] = [];
  #hints: CheckResult[] = [];

  constructor(readonly tell: (result: CheckResult) => void) {}

  readonly add = (result: CheckResult): void => {
    const failed = !result.ok && result.fault !== "not-done";
    if (failed && !this.#known) {
      this.#held.push(result);
      return;
    }
    if (failed) for (const hint of this.#hints.splice(0)) this.tell(hint);
    this.tell(result);
  };

  /** Call this once, when the nodes were asked; without causes where they could not be. */
  known(causes: readonly Cause[]): void {
    this.#known = true;
    for (const cause of causes) {
      if (cause.hint) this.#hints.push(resultOf(cause));
      else this.tell(resultOf(cause));
    }
    for (const result of this.#held.splice(0)) this.add(result);
  }
}

const resultOf = ({ name, node, step, found, fix }: Cause): CheckResult => ({
  check: `${step}:${name}`,
  step,
  node,
  ok: false,
  expected: "nothing hinders the node or the service",
  seen: found,
  seconds: 0,
  fault: "cause",
  fix,
});
