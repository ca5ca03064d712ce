import { createHash } from "node:crypto";
import { type Carried, carry } from "../actions/carried.ts";
import { kindOf } from "../actions/index.ts";
import { quote } from "../actions/quote.ts";
import type { Action, IniAction } from "../curriculum/actions.ts";
import { resolve, tokensOf, type Values } from "../curriculum/tokens.ts";
import type { PlannedStep } from "./planned-steps.ts";

/**
 * The step's action with every value in its place. A unit also gets the hash of the configuration it runs with; options of a file
 * tell whose they are.
 */
export function resolvedAction(planned: PlannedStep, values: Values): Action {
  const action = resolve(planned.step.action, values);
  if (action.kind === "ini") return { ...action, writer: writer(action) };
  if (action.kind !== "unit") return action;
  const hash = createHash("sha256").update(JSON.stringify(resolve(planned.configuration, values)));
  const files = resolve(planned.configuration.flatMap(fileOf), values);
  const inis = planned.configuration.filter((one) => one.kind === "ini");
  const writers = resolve(inis, values).map(writer);
  return {
    ...action,
    configuration: hash.digest("hex").slice(0, 16),
    files: [...new Set(files)],
    writers: [...new Set(writers)],
  };
}

/** Tells a step that sets options from others that write into the same file. */
function writer({ file, set }: IniAction): string {
  const names = Object.entries(set).map(([section, options]) => [section, Object.keys(options)]);
  return createHash("sha256")
    .update(JSON.stringify([file, names]))
    .digest("hex")
    .slice(0, 8);
}

function fileOf(action: Action): string[] {
  return action.kind === "ini" ? [action.file] : action.kind === "file" ? [action.path] : [];
}

/** Everything a step's script is made of, for finding the tokens that it needs. */
export function ingredients(planned: PlannedStep): readonly Action[] {
  const { action } = planned.step;
  return action.kind === "unit" ? [action, ...planned.configuration] : [action];
}

/** What a step's resource carries, so that who has only the state can tell whether the step still holds. */
export function carriedBy(planned: PlannedStep, values: Values): string {
  const secrets = tokensOf(ingredients(planned)).filter((token) => token.startsWith("secret:"));
  const action = resolvedAction(planned, values);
  const carried: Carried = {
    action,
    reads: action.kind === "unit" ? resolve(planned.configuration, values) : [],
    secrets: secrets.flatMap((token) => values[token] ?? []),
  };
  return carry(carried);
}

const TOOK = /took (\d+(?:\.\d+)?) s$/;

/** The shell that does a step: says which, does it, and says how long it took, so that the state knows it too. */
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

/** The shell that takes a step back; undefined where there is nothing to undo. */
export function undoScript(planned: PlannedStep, values: Values): string | undefined {
  const action = resolvedAction(planned, values);
  const undo = kindOf(action).undo(action);
  return undo === ""
    ? undefined
    : ["set -eu", "export LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive", undo].join("\n");
}

/** Seconds that a step's recorded output says it took. */
export function tookSeconds(stdout: string): number | undefined {
  const match = TOOK.exec(stdout.trimEnd());
  return match ? Number(match[1]) : undefined;
}
