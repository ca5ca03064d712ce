import { type Answer, type Look, lastLines, looksOf, type Subject } from "../actions/look.ts";
import type { Difference } from "../actions/types.ts";
import { resolve, tokensOf, type Values } from "../curriculum/tokens.ts";
import type { StepInstance } from "../lab/instances.ts";
import { resolvedAction } from "../lab/script.ts";

/** What a check found, before it is known how long it took. */
export interface Verdict {
  readonly ok: boolean;
  readonly expected: string;
  readonly seen: string;
}

/** One thing that is looked at on one node. */
export interface PlannedCheck {
  /** The step's id for its own probe, `<step id>:<check>` for what the course checks besides. */
  readonly check: string;
  readonly step: string;
  readonly node: string;
}

/** Shell to run on one node, and for each of the checks that it is for a judgement of what it answers. */
export interface PlannedLook {
  readonly checks: readonly PlannedCheck[];
  readonly script: string;
  readonly judge: (answer: Answer) => Verdict[];
}

const PROLOGUE = "set -eu\nexport LC_ALL=C.UTF-8\n";

/** A step on its node, with every value in its place. */
interface Sought extends Subject {
  readonly place: PlannedCheck;
  readonly see: string;
}

/**
 * All checks of steps of one node: that their actions still hold, then what the course checks besides. Actions of a kind are
 * looked at together, which takes a node a fraction of the time; commands each alone, as some wait for something.
 */
export function looksAt(steps: readonly StepInstance[], values: Values): PlannedLook[] {
  const sought = steps.map(
    (instance): Sought => ({
      place: { check: instance.step.id, step: instance.step.id, node: instance.node },
      action: resolvedAction(instance, values),
      see: seeOf(instance, values),
      secrets: [],
    }),
  );
  const alone = sought.filter(isCommand).flatMap((one) => looksOf([one]));
  const together = looksOf(sought.filter((one) => !isCommand(one)));
  return [...[...together, ...alone].map(planned), ...steps.flatMap((step) => besides(step, values))];
}

const isCommand = ({ action }: Sought): boolean => action.kind === "command";

function planned({ subjects, script, judge }: Look<Sought>): PlannedLook {
  return {
    checks: subjects.map(({ place }) => place),
    script,
    judge: (answer) => {
      if (answer.code !== 0)
        return subjects.map(({ see }) => ({ ok: false, expected: see, seen: lastLines(answer) }));
      const found = judge(answer);
      return subjects.map((one, index) => judgeDifferences(found[index] ?? [], one.see, isCommand(one)));
    },
  };
}

const besides = ({ step, node }: StepInstance, values: Values): PlannedLook[] =>
  (step.checks ?? []).map((check) => ({
    checks: [{ check: `${step.id}:${check.name}`, step: step.id, node }],
    script: PROLOGUE + resolve(check.run, values),
    judge: (answer: Answer) => [
      { ok: answer.code === 0, expected: resolve(check.expect, values), seen: lastLines(answer) },
    ],
  }));

/** What one should see of a step; what is not known yet stands there by its name. */
export function seeOf({ step }: StepInstance, values: Values): string {
  const names = tokensOf(step.see).map((token) => [token, `<${token.split(":").slice(1).join(":")}>`]);
  return resolve(step.see, { ...Object.fromEntries(names), ...values });
}

/** @param whole there is nothing to compare but that it holds: what one should see says more */
function judgeDifferences(differences: readonly Difference[], see: string, whole: boolean): Verdict {
  if (differences.length === 0) return { ok: true, expected: see, seen: "as expected" };
  if (whole) return { ok: false, expected: see, seen: differences.map((item) => item.seen).join("; ") };
  return {
    ok: false,
    expected: differences.map((item) => `${item.what}: ${item.expected}`).join("; "),
    seen: differences.map((item) => `${item.what}: ${item.seen}`).join("; "),
  };
}
