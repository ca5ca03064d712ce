import { type Answer, answersOf } from "../actions/answers.ts";
import { exitAnswer } from "../actions/ask.ts";
import { batchScript } from "../actions/command/batch.ts";
import { kindOf } from "../actions/index.ts";
import { lastLines, PROLOGUE, type Probe, probesOf, type Subject } from "../actions/probes.ts";
import type { Difference } from "../actions/types.ts";
import { resolve, tokensOf, type Values } from "../curriculum/tokens.ts";
import type { PlannedStep } from "../plan/planned-steps.ts";
import { resolvedAction } from "../plan/script.ts";

/** What a check found. */
export interface Finding {
  readonly ok: boolean;
  readonly expected: string;
  readonly seen: string;
}

/** One check on one node. */
export interface PlannedCheck {
  /** The step's id for its own probe, `<step id>:<check>` for a check that the course adds. */
  readonly check: string;
  readonly step: string;
  readonly node: string;
}

/** One script that answers one or more checks of a node. */
export interface CheckBatch {
  readonly checks: readonly PlannedCheck[];
  readonly script: string;
  /** @returns a finding for each of `checks`, in their order */
  readonly findings: (answer: Answer) => Finding[];
  /** The finding of one of `checks` from its own answer. @default the script gives one answer for all, at its end */
  readonly finding?: (index: number, answer: Answer) => Finding | undefined;
}

/** A step whose own probe is a check, with every value in its place. */
interface ProbedStep extends Subject {
  readonly check: PlannedCheck;
  /** What a person sees where the step is in sync. */
  readonly expectation: string;
}

/** A check whose shell text tells the result by its exit code. */
interface ShellCheck {
  readonly check: PlannedCheck;
  readonly text: string;
  readonly finding: (answer: Answer) => Finding;
}

/**
 * All checks of a node's steps: the probe of each step, and the checks that the course adds. All probes of a kind are one batch, and so are
 * all checks of shell text: the client of OpenStack takes a second of processor time to load, and one that hangs holds up no other.
 * @param addedOnly without the probes of the steps. @default false
 */
export function checkBatches(
  steps: readonly PlannedStep[],
  values: Values,
  addedOnly: boolean = false,
): CheckBatch[] {
  const probed = (addedOnly ? [] : steps).map(
    (planned): ProbedStep => ({
      check: { check: planned.step.id, step: planned.step.id, node: planned.node },
      action: resolvedAction(planned, values),
      expectation: expectationOf(planned, values),
      secrets: [],
    }),
  );
  const shell = [...probed.flatMap(commandCheck), ...steps.flatMap((step) => addedChecks(step, values))];
  return [
    ...probesOf(probed.filter(({ action }) => kindOf(action).holds === undefined)).map(probeBatch),
    ...(shell.length > 0 ? [shellBatch(shell)] : []),
  ];
}

function probeBatch({ subjects, script, judge }: Probe<ProbedStep>): CheckBatch {
  return {
    checks: subjects.map(({ check }) => check),
    script,
    findings: (answer) => {
      const differences = answer.code === 0 ? judge(answer) : undefined;
      return subjects.map(({ expectation }, index) =>
        differences === undefined
          ? { ok: false, expected: expectation, seen: lastLines(answer) }
          : findingOf(differences[index] ?? [], expectation),
      );
    },
  };
}

/** A command has nothing to compare: its exit code is the result. */
function commandCheck({ check, action, expectation }: ProbedStep): ShellCheck[] {
  const text = kindOf(action).holds?.(action);
  if (text === undefined) return [];
  const finding = (answer: Answer): Finding => ({
    ok: answer.code === 0,
    expected: expectation,
    seen: answer.code === 0 ? "as expected" : lastLines(answer),
  });
  return [{ check, text, finding }];
}

const addedChecks = ({ step, node }: PlannedStep, values: Values): ShellCheck[] =>
  (step.checks ?? []).map(({ name, run, expect }) => ({
    check: { check: `${step.id}:${name}`, step: step.id, node },
    text: resolve(run, values),
    finding: (answer) => ({
      ok: answer.code === 0,
      expected: resolve(expect, values),
      seen: lastLines(answer),
    }),
  }));

const shellBatch = (shell: readonly ShellCheck[]): CheckBatch => ({
  checks: shell.map(({ check }) => check),
  script: PROLOGUE + batchScript(shell.map(({ text }) => text)),
  findings: (answer) => {
    const texts = answersOf(answer.stdout, shell.length);
    return shell.map(({ finding }, index) =>
      finding(answer.code === 0 ? exitAnswer(texts[index] ?? "") : answer),
    );
  },
  finding: (index, answer) => shell[index]?.finding(answer),
});

/** What a person sees where a step is in sync. A value that is not known yet stands there by its name. */
export function expectationOf({ step }: PlannedStep, values: Values): string {
  const names = tokensOf(step.see).map((token) => [token, `<${token.split(":").slice(1).join(":")}>`]);
  return resolve(step.see, { ...Object.fromEntries(names), ...values });
}

function findingOf(differences: readonly Difference[], expectation: string): Finding {
  if (differences.length === 0) return { ok: true, expected: expectation, seen: "as expected" };
  return {
    ok: false,
    expected: differences.map((item) => `${item.what}: ${item.expected}`).join("; "),
    seen: differences.map((item) => `${item.what}: ${item.seen}`).join("; "),
  };
}
