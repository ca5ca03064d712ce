import { type Answer, answersOf } from "../actions/answers.ts";
import { ask, exitAnswer } from "../actions/ask.ts";
import { kindOf } from "../actions/index.ts";
import { PROLOGUE } from "../actions/probes.ts";
import { resolve, tokensOf, type Values } from "../curriculum/tokens.ts";
import type { PlannedStep } from "../plan/planned-steps.ts";
import { QUESTIONS } from "./questions.ts";
import type { Cause, HealthQuestion } from "./types.ts";

/** Seconds until a question counts as not answered. */
const SECONDS = 8;

/** Units that belong to another one, which a step starts. */
const PARTS: Readonly<Record<string, string>> = {
  "ovsdb-server": "openvswitch-switch",
  "ovs-vswitchd": "openvswitch-switch",
};

/** One script that asks a node for known causes. */
export interface HealthBatch {
  readonly script: string;
  readonly causes: (answer: Answer) => Cause[];
}

/**
 * Asks a node for all known causes that can be on it.
 * @param steps of the node, in course order: those that are done
 * @returns undefined where no step is done
 */
export function healthBatch(
  node: string,
  steps: readonly PlannedStep[],
  values: Values,
  questions: readonly HealthQuestion[] = QUESTIONS,
): HealthBatch | undefined {
  const [first] = steps;
  if (first === undefined) return undefined;
  const asked = questions.filter(
    ({ service, text }) =>
      (service === undefined || steps.some((step) => step.service === service)) &&
      tokensOf(text).every((token) => token in values),
  );
  const texts = asked.map(({ text }, answers) => ({
    text: resolve(text, values),
    answers,
    seconds: SECONDS,
  }));
  return {
    script: PROLOGUE + ask(texts),
    causes: (answer) => {
      const answers = answersOf(answer.stdout, asked.length).map(exitAnswer);
      const all = asked.flatMap((question, index) =>
        causesOf(question, answers[index]).map(({ unit, ...cause }): Cause => {
          const own = stepOf(steps, unit, question.service);
          const hint = cause.hint || (unit !== undefined && own === undefined);
          return { ...cause, hint, name: question.name, node, step: (own ?? first).step.id };
        }),
      );
      // A service that is stopped does not answer either.
      return all.filter(
        (one) => !one.hint || !all.some((other) => !other.hint && serviceOf(other) === serviceOf(one)),
      );
    },
  };
}

type Found = Pick<Cause, "found" | "fix" | "hint"> & { readonly unit?: string };

function causesOf({ causes, silent }: HealthQuestion, answer: Answer | undefined): Found[] {
  if (answer === undefined) return [];
  if (answer.code === 124) return silent === undefined ? [] : [{ ...silent, hint: true }];
  return answer.stdout.split("\n").flatMap((line): Found[] => {
    for (const { pattern, found, fix, unit } of causes) {
      const match = pattern.exec(line);
      if (match === null) continue;
      const fill = (text: string): string =>
        text.replace(/\$(\d)/g, (_, group) => match[Number(group)] ?? "");
      return [{ found: fill(found), fix: fill(fix), hint: false, ...(unit && { unit: fill("$1") }) }];
    }
    return [];
  });
}

/** The step that starts the unit or the service; undefined where none does. */
function stepOf(
  steps: readonly PlannedStep[],
  unit: string | undefined,
  service: string | undefined,
): PlannedStep | undefined {
  const starts = (planned: PlannedStep, name: string): boolean =>
    (kindOf(planned.step.action).units?.(planned.step.action) ?? []).some(
      (one) => one.running && one.name.replace(/\.\w+$/, "") === name,
    );
  const name = unit && (PARTS[unit] ?? unit);
  return (
    steps.find((planned) => name !== undefined && starts(planned, name)) ??
    steps.find((planned) => planned.service === service && planned.step.action.kind === "unit")
  );
}

const serviceOf = ({ step }: Cause): string => step.split("/")[0] ?? step;
