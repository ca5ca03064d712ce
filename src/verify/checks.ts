import type { Answer } from "../actions/answers.ts";
import { batchAnswers, batchScript, callsOpenStack } from "../actions/command/batch.ts";
import { kindOf } from "../actions/index.ts";
import { lastLines, PROLOGUE, type Probe, probesOf, type Subject } from "../actions/probes.ts";
import type { Difference } from "../actions/types.ts";
import { resolve, tokensOf, type Values } from "../curriculum/tokens.ts";
import type { PlannedStep } from "../plan/planned-steps.ts";
import { resolvedAction } from "../plan/script.ts";

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

/** A step on its node, with every value in its place. */
interface Sought extends Subject {
  readonly place: PlannedCheck;
  readonly see: string;
}

/** A shell text that tells by its exit code whether something holds. */
interface Asked {
  readonly place: PlannedCheck;
  readonly text: string;
  readonly judge: (answer: Answer) => Verdict;
}

/**
 * All checks of steps of one node: that their actions still hold, and what the course checks besides. What is of a kind is
 * looked at together, and so is all that asks OpenStack: that takes a node a fraction of the time.
 */
export function looksAt(steps: readonly PlannedStep[], values: Values): PlannedLook[] {
  const sought = steps.map(
    (planned): Sought => ({
      place: { check: planned.step.id, step: planned.step.id, node: planned.node },
      action: resolvedAction(planned, values),
      see: seeOf(planned, values),
      secrets: [],
    }),
  );
  const asked = [...sought.flatMap(holding), ...steps.flatMap((step) => besides(step, values))];
  const openStack = asked.filter(({ text }) => callsOpenStack(text));
  return [
    ...probesOf(sought.filter(({ action }) => kindOf(action).holds === undefined)).map(ofAKind),
    ...(openStack.length > 0 ? [together(openStack)] : []),
    ...asked.filter(({ text }) => !callsOpenStack(text)).map(alone),
  ];
}

function ofAKind({ subjects, script, judge }: Probe<Sought>): PlannedLook {
  return {
    checks: subjects.map(({ place }) => place),
    script,
    judge: (answer) => {
      const found = answer.code === 0 ? judge(answer) : undefined;
      return subjects.map(({ see }, index) =>
        found === undefined
          ? { ok: false, expected: see, seen: lastLines(answer) }
          : judgeDifferences(found[index] ?? [], see),
      );
    },
  };
}

/** There is nothing to compare but that it holds: what one should see says what is expected. */
function holding({ place, action, see }: Sought): Asked[] {
  const text = kindOf(action).holds?.(action);
  if (text === undefined) return [];
  const judge = (answer: Answer): Verdict => ({
    ok: answer.code === 0,
    expected: see,
    seen: answer.code === 0 ? "as expected" : lastLines(answer),
  });
  return [{ place, text, judge }];
}

const besides = ({ step, node }: PlannedStep, values: Values): Asked[] =>
  (step.checks ?? []).map(({ name, run, expect }) => ({
    place: { check: `${step.id}:${name}`, step: step.id, node },
    text: resolve(run, values),
    judge: (answer) => ({
      ok: answer.code === 0,
      expected: resolve(expect, values),
      seen: lastLines(answer),
    }),
  }));

const alone = ({ place, text, judge }: Asked): PlannedLook => ({
  checks: [place],
  script: PROLOGUE + text,
  judge: (answer) => [judge(answer)],
});

const together = (asked: readonly Asked[]): PlannedLook => ({
  checks: asked.map(({ place }) => place),
  script: PROLOGUE + batchScript(asked.map(({ text }) => text)),
  judge: (answer) => {
    const answers = batchAnswers(answer.stdout, asked.length);
    return asked.map(({ judge }, index) => judge(answer.code === 0 ? (answers[index] ?? answer) : answer));
  },
});

/** What one should see of a step; what is not known yet stands there by its name. */
export function seeOf({ step }: PlannedStep, values: Values): string {
  const names = tokensOf(step.see).map((token) => [token, `<${token.split(":").slice(1).join(":")}>`]);
  return resolve(step.see, { ...Object.fromEntries(names), ...values });
}

function judgeDifferences(differences: readonly Difference[], see: string): Verdict {
  if (differences.length === 0) return { ok: true, expected: see, seen: "as expected" };
  return {
    ok: false,
    expected: differences.map((item) => `${item.what}: ${item.expected}`).join("; "),
    seen: differences.map((item) => `${item.what}: ${item.seen}`).join("; "),
  };
}
