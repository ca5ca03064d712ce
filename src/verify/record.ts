import { secretsOf } from "../engine/observed-values.ts";
import type { ObservedStack } from "../engine/stack.ts";
import { RunRecorder } from "../run/recorder.ts";
import type { CheckResult } from "./results.ts";

/** The record of a `lab verify`: a run with a folder of its own, however many rounds it takes. */
export interface CheckRecord {
  readonly add: (result: CheckResult) => void;
  /** @param results what is known at the end */
  readonly end: (results: readonly CheckResult[], interrupted: boolean) => void;
}

/** Begins to record the results of checks in `events.jsonl`. */
export function recordChecks({ name, config, state }: ObservedStack): CheckRecord {
  const recorder = new RunRecorder({ command: "verify", stack: name, lab: config.lab }, () => {});
  recorder.hide(secretsOf(state));
  return {
    add: ({ check, step, node, ok, expected, seen, fault, seconds }) => {
      const place = { check, step, node };
      const found = { ok, expected, seen, ...(fault === undefined ? {} : { fault }) };
      recorder.emit({ type: "check", ...place, ...found, seconds, at: Date.now() });
    },
    end: (results, interrupted) => {
      const failed = results.filter(({ ok }) => !ok).length;
      recorder.end({ ok: failed === 0 && !interrupted, interrupted, failed });
    },
  };
}
