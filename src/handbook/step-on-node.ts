import { kindOf, readsConfiguration } from "../actions/index.ts";
import { contained } from "../actions/shell.ts";
import type { Action } from "../curriculum/actions.ts";
import { resolve } from "../curriculum/tokens.ts";
import { valuesOf } from "../engine/observed-values.ts";
import type { PlannedStep } from "../plan/planned-steps.ts";
import { resolvedAction } from "../plan/script.ts";
import { isKnown } from "../plan/values.ts";
import type { Source, StepOnNode } from "./types.ts";
import { pageValues } from "./values.ts";

/** A step on one node as text for its page, with placeholders for secrets and unknown values. */
export function stepOnNode(source: Source, planned: PlannedStep): StepOnNode & { readonly see: string } {
  const { step, node } = planned;
  const values = pageValues(source, node, step);
  const action = withConfiguration(source, planned, resolve(step.action, values));
  const kind = kindOf(action);
  return {
    nodes: [node],
    see: resolve(step.see, values),
    commands: kind.commands(action).join("\n"),
    remember: kind.remember?.(action) ?? "",
    looks: kind.look(action).join("\n"),
    back: kind.back(action).join("\n"),
    checks: (step.checks ?? []).map(({ name, expect, run }) => ({
      name,
      expect: resolve(expect, values),
      run: contained(resolve(run, values)),
    })),
  };
}

/** The action with the hash of the configuration that it reads, if every value of it is known and may be shown. */
function withConfiguration(source: Source, planned: PlannedStep, action: Action): Action {
  const built = source.observed.nodes.some(({ name }) => name === planned.node);
  if (!readsConfiguration(action) || source.share || !built) return action;
  const values = valuesOf(
    { name: source.stack, config: source.config, state: source.observed },
    planned.node,
  );
  if (!isKnown(planned, values)) return action;
  const resolved = resolvedAction(planned, values);
  return "configuration" in resolved
    ? ({ ...action, configuration: resolved.configuration } as Action)
    : action;
}
