import { type Probe, probesOf, type Subject, unanswered } from "../actions/probes.ts";
import { THIS_MACHINE } from "../curriculum/types.ts";
import { secretsOf, valuesOf } from "../engine/observed-values.ts";
import type { ObservedStack } from "../engine/stack.ts";
import { inOrder } from "../plan/order.ts";
import { type PlannedStep, plannedSteps } from "../plan/planned-steps.ts";
import { doScript, resolvedAction } from "../plan/script.ts";
import { isKnown } from "../plan/values.ts";
import { type Outcome, Runner, type Script } from "../transport/runner.ts";
import { type JudgedStep, judged, type SeenStep } from "./classify.ts";

/** What the places of a lab say of its steps. */
export interface Looked {
  /** In course order; none of places that do not answer. */
  readonly steps: readonly JudgedStep[];
  readonly unreachable: readonly { readonly node: string; readonly why: string }[];
}

export interface LookOptions {
  /** Also at steps that were never done, as far as their node stands. @default only at those that were */
  readonly all?: boolean;
  /** Names of the planned steps that are looked at. @default all of the lab */
  readonly only?: ReadonlySet<string> | undefined;
  readonly signal?: AbortSignal;
}

/** Probes that run at the same time on one node: one for each kind of action, fewer than sshd's ten sessions. */
const AT_ONCE = 8;

/** A step on a node that exists, ready to be probed. */
interface Sought extends Subject, Omit<SeenStep, "differences"> {}

/** One probe of several steps of a kind on one node. */
interface ProbeScript extends Script {
  readonly look: Probe<Sought>;
}

/** Looks at all places of a standing lab at once, over one connection each. Changes nothing. */
export async function look(stack: ObservedStack, options: LookOptions = {}): Promise<Looked> {
  const { config, state: observed } = stack;
  const course = inOrder(plannedSteps(config)).filter(({ name }) => options.only?.has(name) ?? true);
  // Of what stands: a node that the configuration has no more has no steps either.
  const nodes = observed.nodes.filter(({ name }) => name in config.nodes);
  const runner = new Runner({ signal: options.signal });
  try {
    const targets = [...nodes, { name: THIS_MACHINE }];
    const reports = await runner.runAll(
      targets.map((target) => ({
        target,
        scripts: probesOf(soughtOn(target.name, course, stack, options.all === true)).map(
          (look): ProbeScript => ({ command: look.script, limit: "probe", look }),
        ),
      })),
      { atOnce: AT_ONCE },
    );
    const seen = reports
      .filter(({ unreachable }) => unreachable === undefined)
      .flatMap(({ outcomes }) => outcomes.flatMap(({ script, outcome }) => seenIn(script.look, outcome)));
    const byName = new Map(seen.map((step) => [step.planned.name, step]));
    return {
      steps: judged(course.flatMap(({ name }) => byName.get(name) ?? [])),
      unreachable: reports.flatMap(({ target, unreachable }) =>
        unreachable === undefined ? [] : [{ node: target.name, why: unreachable }],
      ),
    };
  } finally {
    runner.close();
  }
}

function seenIn(look: Probe<Sought>, outcome: Outcome): SeenStep[] {
  const found = "answer" in outcome ? look.judge(outcome.answer) : [];
  return look.subjects.map(({ planned, done, changed, secrets }, index): SeenStep => {
    const differences = "answer" in outcome ? (found[index] ?? []) : unanswered(outcome.why, secrets);
    return { planned, done, changed, differences };
  });
}

function soughtOn(
  place: string,
  course: readonly PlannedStep[],
  stack: ObservedStack,
  all: boolean,
): Sought[] {
  const observed = stack.state;
  const done = new Map(observed.done.map((item) => [item.name, item]));
  const values = valuesOf(stack, place);
  const secrets = secretsOf(observed);
  return (
    course
      .filter(({ name, node }) => node === place && (done.has(name) || all))
      // Of a step to come, some values may only be made with it.
      .filter((planned) => done.has(planned.name) || isKnown(planned, values))
      .map((planned) => {
        const script = done.get(planned.name)?.script;
        return {
          planned,
          action: resolvedAction(planned, values),
          secrets,
          done: done.has(planned.name),
          changed: script !== undefined && script !== doScript(planned, values),
        };
      })
  );
}
