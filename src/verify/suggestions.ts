import { pageOf } from "../curriculum/pages.ts";
import { onNodeCommand, redoCommand, resetCommand } from "../plan/suggested-commands.ts";
import type { CheckResult, Fault } from "./results.ts";

/** What a message suggests for a failed check. */
interface Suggestion {
  /** The handbook's page of the step, relative to its first page. */
  readonly page: string;
  /** Commands without the name of the program, the one to try first first. */
  readonly commands: readonly string[];
  /** Whether docs/troubleshooting.md may help too. */
  readonly troubleshooting: boolean;
}

/**
 * A drifted step is in sync again once it is done again; `up` does that for all steps at once, with the restarts that follow. A check
 * beyond a step's probe can fail for many reasons.
 */
const COMMANDS: Readonly<Record<Fault, (step: string) => readonly string[]>> = {
  "not-done": () => ["up"],
  unreachable: () => ["status", "up"],
  step: (step) => [redoCommand(step), "up"],
  check: (step) => [redoCommand(step), resetCommand(step)],
  cause: () => [],
};

/** @returns undefined for a check that is ok */
export function suggestionFor({
  step,
  node,
  fault,
  fix,
}: Pick<CheckResult, "step" | "node" | "fault" | "fix">): Suggestion | undefined {
  if (fault === undefined) return undefined;
  return {
    page: pageOf({ id: step }),
    commands: fix === undefined ? COMMANDS[fault](step) : [onNodeCommand(node, fix)],
    troubleshooting: fault !== "not-done" && fault !== "step",
  };
}
