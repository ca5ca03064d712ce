import { pageOf } from "../curriculum/pages.ts";
import { redoCommand, resetCommand } from "../plan/advice.ts";
import type { CheckResult, Fault } from "./index.ts";

interface Failure {
  readonly step: CheckResult["step"];
  readonly fault?: Fault | undefined;
}

/** What helps whoever sees a failed check. */
interface Advice {
  /** Of the handbook, from its first page. */
  readonly page: string;
  /** What goes back or on: words after the command's own name, the first to try first. */
  readonly back: readonly string[];
  /** The documents tell more of what may be behind it. */
  readonly troubleshooting: boolean;
}

/**
 * By what is wrong. A step's probe tells that what it did is gone: done once more it is there, and `up` does that for all steps at
 * once, with the restarts that they call for. A check beyond the probe may fail for many reasons.
 */
const BACK: Readonly<Record<Fault, (step: string) => readonly string[]>> = {
  "not-done": () => ["up"],
  unreachable: () => ["status", "up"],
  step: (step) => [redoCommand(step), "up"],
  check: (step) => [redoCommand(step), resetCommand(step)],
};

/** @returns undefined for what is ok */
export function adviceOn({ step, fault }: Failure): Advice | undefined {
  if (fault === undefined) return undefined;
  return {
    page: pageOf({ id: step }),
    back: BACK[fault](step),
    troubleshooting: fault === "check" || fault === "unreachable",
  };
}
