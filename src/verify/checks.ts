import { type Answer, lastLines, looksOf } from "../actions/look.ts";
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

/** One thing to look at on one node: shell to run there, and a judgement of what it answers. */
export interface PlannedCheck {
  /** The step's id for its own probe, `<step id>:<check>` for what the course checks besides. */
  readonly check: string;
  readonly step: string;
  readonly node: string;
  readonly script: string;
  readonly judge: (answer: Answer) => Verdict;
}

const PROLOGUE = "set -eu\nexport LC_ALL=C.UTF-8\n";

/** All checks of one step on its node: that its action still holds, then what the course checks besides. */
export function checksOf(instance: StepInstance, values: Values): PlannedCheck[] {
  const place = { step: instance.step.id, node: instance.node };
  const action = resolvedAction(instance, values);
  const see = seeOf(instance, values);
  const own = looksOf([{ action, secrets: [] }]).map(
    ({ script, judge }): PlannedCheck => ({
      ...place,
      check: instance.step.id,
      script,
      judge: (answer) =>
        answer.code === 0
          ? judgeDifferences(judge(answer).flat(), see, action.kind === "command")
          : { ok: false, expected: see, seen: lastLines(answer) },
    }),
  );
  const more = (instance.step.checks ?? []).map((check) => ({
    ...place,
    check: `${instance.step.id}:${check.name}`,
    script: PROLOGUE + resolve(check.run, values),
    judge: (answer: Answer) => ({
      ok: answer.code === 0,
      expected: resolve(check.expect, values),
      seen: lastLines(answer),
    }),
  }));
  return [...own, ...more];
}

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
