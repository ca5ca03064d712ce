import { masker } from "../actions/mask.ts";
import type { StackConfig } from "../config/schema.ts";
import { THIS_MACHINE } from "../curriculum/types.ts";
import type { Observed } from "../engine/observed.ts";
import { secretsOf, valuesOf } from "../engine/observed-values.ts";
import { plannedNodes } from "../hardware/lookup.ts";
import { plannedSteps } from "../plan/planned-steps.ts";
import { knownValues } from "../plan/values.ts";
import { type Outcome, Runner, type Script } from "../transport/runner.ts";
import { looksAt, type PlannedCheck, type PlannedLook, seeOf, type Verdict } from "./checks.ts";

/**
 * What kind of failure it is: the step was never done; its node does not answer; what the step did does not hold; it holds,
 * but a check beyond it fails.
 */
export type Fault = "not-done" | "unreachable" | "step" | "check";

/** What `lab verify` says of one check. */
export interface CheckResult extends Verdict {
  readonly check: string;
  readonly step: string;
  readonly node: string;
  /** That the look took, which may be one for several checks. */
  readonly seconds: number;
  /** Absent where it is ok. */
  readonly fault?: Fault;
}

export interface VerifyOptions {
  /** Service or step ids; only their checks. @default all */
  readonly only?: readonly string[];
  /** Names of the planned steps that must be done; what else is not done is not told. @default all */
  readonly meant?: ReadonlySet<string>;
  /** Called as each check is known, in the order in which they end. */
  readonly onResult?: (result: CheckResult) => void;
  /** Looks at once on one node. @default 4 */
  readonly atOnce?: number;
  /** When aborted, what runs is ended on its node, and `verify` rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

/** At once on one node: fewer than sshd's ten sessions, more than keep two cores busy. */
const AT_ONCE = 4;
/** One script of checks on one node. */
interface CheckScript extends Script {
  readonly look: PlannedLook;
}

/** Runs every check of the course on the observed nodes. Changes nothing. @returns in course order */
export async function verify(
  config: StackConfig,
  observed: Observed,
  options: VerifyOptions = {},
): Promise<CheckResult[]> {
  const mask = masker(secretsOf(observed));
  const course = plannedSteps(config).filter((item) => wanted(item.step.id, item.service, options.only));
  const done = new Set(observed.done.map((item) => item.name));
  const results: CheckResult[] = [];
  const add = (result: CheckResult): void => {
    const shown = { ...result, expected: mask(result.expected), seen: mask(result.seen) };
    results.push(shown);
    options.onResult?.(shown);
  };
  const work = [...Object.keys(config.nodes), THIS_MACHINE].map((name) => {
    const own = course.filter((item) => item.node === name);
    const target = name === THIS_MACHINE ? { name } : observed.nodes.find((node) => node.name === name);
    const missing = own.filter(
      (item) => (target === undefined || !done.has(item.name)) && (options.meant?.has(item.name) ?? true),
    );
    const planned = missing.length > 0 ? knownValues(observed.stack, config, plannedNodes(config), name) : {};
    for (const item of missing) add(notDone(item.step.id, name, seeOf(item, planned)));
    if (target === undefined) return [];
    const looks = looksAt(
      own.filter((item) => done.has(item.name)),
      valuesOf(config, observed, name),
    );
    const scripts = looks.map((look): CheckScript => ({ command: look.script, limit: "check", look }));
    return [{ target, scripts }];
  });
  const runner = new Runner({ signal: options.signal, mask });
  try {
    await runner.runAll(work.flat(), {
      atOnce: options.atOnce ?? AT_ONCE,
      onOutcome: ({ look }, outcome) => {
        for (const result of resultsOf(look, outcome)) add(result);
      },
    });
  } finally {
    runner.close();
  }
  const order = course.map((item) => item.name);
  const rank = (result: CheckResult): number => order.indexOf(`${result.step}@${result.node}`);
  return results.sort((a, b) => rank(a) - rank(b));
}

const wanted = (step: string, service: string, only: readonly string[] | undefined): boolean =>
  only === undefined || only.length === 0 || only.includes(step) || only.includes(service);

function notDone(step: string, node: string, expected: string): CheckResult {
  const seen = "the step is not done yet: run `lab up`";
  return { check: step, step, node, ok: false, expected, seen, seconds: 0, fault: "not-done" };
}

function resultsOf({ checks, judge }: PlannedLook, outcome: Outcome): CheckResult[] {
  const { seconds } = outcome;
  if ("answer" in outcome) {
    const verdicts = judge(outcome.answer);
    return checks.map((check, index) => {
      const verdict = verdicts[index] ?? failed("no answer");
      return { ...check, ...verdict, seconds, ...(verdict.ok ? {} : { fault: faultOf(check) }) };
    });
  }
  return checks.map((check) => {
    const fault = outcome.failure === "unreachable" ? "unreachable" : faultOf(check);
    return { ...check, ...failed(outcome.why), seconds, fault };
  });
}

const faultOf = ({ check, step }: PlannedCheck): Fault => (check === step ? "step" : "check");

const failed = (seen: string): Verdict => ({ ok: false, expected: "an answer from the node", seen });
