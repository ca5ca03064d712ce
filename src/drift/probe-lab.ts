import { type Probe, probesOf, type Subject, unanswered } from "../actions/probes.ts";
import { THIS_MACHINE } from "../curriculum/types.ts";
import { secretsOf, valuesOf } from "../engine/observed-values.ts";
import type { ObservedStack } from "../engine/stack.ts";
import { causesIn } from "../health/ask-lab.ts";
import type { Cause } from "../health/types.ts";
import { inOrder } from "../plan/order.ts";
import { type PlannedStep, plannedSteps } from "../plan/planned-steps.ts";
import { doScript, resolvedAction } from "../plan/script.ts";
import { isKnown } from "../plan/values.ts";
import { Runner } from "../transport/runner.ts";
import type { Outcome, Script } from "../transport/types.ts";
import { type ClassifiedStep, classify, type ProbedStep } from "./classify.ts";

/** What the probes of a lab found. */
export interface ProbedLab {
  /** In course order, without the steps of unreachable nodes. */
  readonly steps: readonly ClassifiedStep[];
  readonly unreachable: readonly { readonly node: string; readonly why: string }[];
  /** What the nodes say that hinders them; hints only where a step does not hold. @default nothing */
  readonly causes?: readonly Cause[];
}

export interface ProbeOptions {
  /** Also probes steps that were never done, where their node exists. @default only steps that are done */
  readonly all?: boolean;
  /** Names of the planned steps that are probed. @default the whole lab */
  readonly only?: ReadonlySet<string> | undefined;
  readonly signal?: AbortSignal;
}

/** Probes that run at the same time on one node: one for each kind of action, fewer than the ten sessions that sshd allows. */
const AT_ONCE = 8;

/** A step on a node that exists, ready to be probed. */
interface Candidate extends Subject, Omit<ProbedStep, "differences"> {}

/** One probe of several steps of a kind on one node. */
interface ProbeScript extends Script {
  readonly probe: Probe<Candidate>;
}

/** Probes all nodes of a lab and this machine at the same time, and classifies their steps. Changes nothing. */
export async function probeLab(stack: ObservedStack, options: ProbeOptions = {}): Promise<ProbedLab> {
  const { config, state } = stack;
  const course = inOrder(plannedSteps(config)).filter(({ name }) => options.only?.has(name) ?? true);
  // A node that the configuration no longer has has no steps either.
  const nodes = state.nodes.filter(({ name }) => name in config.nodes);
  const runner = new Runner({ signal: options.signal });
  try {
    const work = [...nodes, { name: THIS_MACHINE }].map((endpoint) => {
      const probes = probesOf(candidatesOn(endpoint.name, course, stack, options.all === true));
      const scripts = probes.map((probe): ProbeScript => ({ command: probe.script, limit: "probe", probe }));
      return { endpoint, scripts };
    });
    const [reports, known] = await Promise.all([
      runner.runAll(work, { atOnce: AT_ONCE }),
      causesIn(stack, runner),
    ]);
    const probed = reports
      .filter(({ unreachable }) => unreachable === undefined)
      .flatMap(({ outcomes }) => outcomes.flatMap(({ script, outcome }) => probedBy(script.probe, outcome)));
    const byName = new Map(probed.map((step) => [step.planned.name, hindered(step, known)]));
    const isRed = [...byName.values()].some(({ done, differences }) => done && differences.length > 0);
    const causes = known.filter(({ hint }) => !hint || isRed);
    return {
      steps: classify(course.flatMap(({ name }) => byName.get(name) ?? [])),
      unreachable: reports.flatMap(({ endpoint, unreachable }) =>
        unreachable === undefined ? [] : [{ node: endpoint.name, why: unreachable }],
      ),
      ...(causes.length > 0 && { causes }),
    };
  } finally {
    runner.close();
  }
}

/** A unit whose service is hindered does not hold: started again, it is not stopped or frozen any more, and has no alarm. */
function hindered(step: ProbedStep, causes: readonly Cause[]): ProbedStep {
  const { planned, differences, done } = step;
  if (planned.step.action.kind !== "unit" || differences.length > 0 || !done) return step;
  const own = causes.filter(
    (cause) => !cause.hint && cause.step === planned.step.id && cause.node === planned.node,
  );
  const found = own.map((cause) => ({ what: cause.name, expected: "nothing hinders it", seen: cause.found }));
  return { ...step, differences: found };
}

function probedBy(probe: Probe<Candidate>, outcome: Outcome): ProbedStep[] {
  const found = "answer" in outcome ? probe.judge(outcome.answer) : [];
  return probe.subjects.map(({ planned, done, changed, secrets }, index): ProbedStep => {
    const differences = "answer" in outcome ? (found[index] ?? []) : unanswered(outcome.why, secrets);
    return { planned, done, changed, differences };
  });
}

/** @param all also steps that were never done */
function candidatesOn(
  node: string,
  course: readonly PlannedStep[],
  stack: ObservedStack,
  all: boolean,
): Candidate[] {
  const done = new Map(stack.state.done.map((item) => [item.name, item]));
  const values = valuesOf(stack, node);
  const secrets = secretsOf(stack.state);
  return (
    course
      .filter((planned) => planned.node === node && (done.has(planned.name) || all))
      // Some values of a step that was never done are made together with it.
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
