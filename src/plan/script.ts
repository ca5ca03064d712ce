import { completed, kindOf, readsConfiguration } from "../actions/index.ts";
import { stepRecord } from "../actions/step-record.ts";
import { quote } from "../config/quote.ts";
import type { Action } from "../curriculum/actions.ts";
import { resolve, tokensOf, type Values } from "../curriculum/tokens.ts";
import type { PlannedStep } from "./planned-steps.ts";

/** The step's action with all tokens resolved, and with what the program fills in. */
export const resolvedAction = (planned: PlannedStep, values: Values): Action =>
  completed(resolve(planned.step.action, values), resolve(readBy(planned), values));

/** The actions that wrote the configuration which the step reads. */
const readBy = ({ step, configuration }: PlannedStep): readonly Action[] =>
  readsConfiguration(step.action) ? configuration : [];

/** The actions that a step's script is made from. Their tokens are those that the script needs. */
export const ingredients = (planned: PlannedStep): readonly Action[] => [
  planned.step.action,
  ...readBy(planned),
];

/** The record that is embedded in a step's resource, so that the state alone tells whether the step still holds. */
export function embeddedRecord(planned: PlannedStep, values: Values): string {
  const secrets = tokensOf(ingredients(planned)).filter((token) => token.startsWith("secret:"));
  return stepRecord({
    action: resolvedAction(planned, values),
    reads: resolve(readBy(planned), values),
    secrets: secrets.flatMap((token) => values[token] ?? []),
  });
}

const TOOK = /took (\d+(?:\.\d+)?) s$/;

/** The script of a step. It prints the title first and the seconds that it took last, so that the state has them. */
export function doScript(planned: PlannedStep, values: Values): string {
  const action = resolvedAction(planned, values);
  return [
    "set -eu",
    "export LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive",
    `echo ${quote(`# ${planned.step.title}`)}`,
    "step_started=$(date +%s%N)",
    kindOf(action).script(action),
    "step_took=$(( ($(date +%s%N) - step_started) / 1000000 ))",
    'printf "took %d.%03d s\\n" $(( step_took / 1000 )) $(( step_took % 1000 ))',
  ].join("\n");
}

/** The undo of a step. @returns undefined when there is nothing to undo */
export function undoScript(planned: PlannedStep, values: Values): string | undefined {
  const action = resolvedAction(planned, values);
  const undo = kindOf(action).undo(action);
  return undo === ""
    ? undefined
    : ["set -eu", "export LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive", undo].join("\n");
}

/** The seconds that a step took, from its output in the state. */
export function tookSeconds(stdout: string): number | undefined {
  const match = TOOK.exec(stdout.trimEnd());
  return match ? Number(match[1]) : undefined;
}
