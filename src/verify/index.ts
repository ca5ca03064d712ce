import { masker } from "../actions/mask.ts";
import { THIS_MACHINE } from "../curriculum/types.ts";
import { secretsOf, valuesOf } from "../engine/observed-values.ts";
import type { ObservedStack } from "../engine/stack.ts";
import { plannedNodes } from "../hardware/lookup.ts";
import { plannedSteps } from "../plan/planned-steps.ts";
import { knownValues } from "../plan/values.ts";
import { Runner } from "../transport/runner.ts";
import type { Outcome, Script } from "../transport/types.ts";
import { type CheckBatch, checkBatches, expectationOf, type Finding, type PlannedCheck } from "./checks.ts";
import { type CheckResult, type Fault, stepName } from "./results.ts";

export interface VerifyOptions {
  /** Service or step ids: only their checks run. @default all */
  readonly only?: readonly string[];
  /** Names of the planned steps that must be done. Other steps that are not done get no result. @default all */
  readonly required?: ReadonlySet<string>;
  /** Gets each result as soon as it is known. */
  readonly onResult?: (result: CheckResult) => void;
  /** Scripts that run at the same time on one node. @default 4 */
  readonly atOnce?: number;
  /** When aborted, the running scripts are ended on their nodes, and `verify` rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

/** Enough to keep the two cores of a node busy, and fewer than the ten sessions that sshd allows. */
const AT_ONCE = 4;

interface BatchScript extends Script {
  readonly batch: CheckBatch;
}

/**
 * Runs the checks of the course on all nodes and on this machine. Changes nothing.
 * @returns results in course order, secrets masked
 */
export async function verify(stack: ObservedStack, options: VerifyOptions = {}): Promise<CheckResult[]> {
  const { config, state: observed } = stack;
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
    const endpoint = name === THIS_MACHINE ? { name } : observed.nodes.find((node) => node.name === name);
    const missing = own.filter(
      (item) =>
        (endpoint === undefined || !done.has(item.name)) && (options.required?.has(item.name) ?? true),
    );
    const planned = missing.length > 0 ? knownValues(stack, plannedNodes(config), name) : {};
    for (const item of missing) add(notDone(item.step.id, name, expectationOf(item, planned)));
    if (endpoint === undefined) return [];
    const batches = checkBatches(
      own.filter((item) => done.has(item.name)),
      valuesOf(stack, name),
    );
    const scripts = batches.map((batch): BatchScript => ({ command: batch.script, limit: "check", batch }));
    return [{ endpoint, scripts }];
  });
  const runner = new Runner({ signal: options.signal, mask });
  try {
    await runner.runAll(work.flat(), {
      atOnce: options.atOnce ?? AT_ONCE,
      onOutcome: ({ batch }, outcome) => {
        for (const result of resultsOf(batch, outcome)) add(result);
      },
    });
  } finally {
    runner.close();
  }
  const order = course.map((item) => item.name);
  const rank = (result: CheckResult): number => order.indexOf(stepName(result));
  return results.sort((a, b) => rank(a) - rank(b));
}

const wanted = (step: string, service: string, only: readonly string[] | undefined): boolean =>
  only === undefined || only.length === 0 || only.includes(step) || only.includes(service);

function notDone(step: string, node: string, expected: string): CheckResult {
  const seen = "the step is not done yet: run `lab up`";
  return { check: step, step, node, ok: false, expected, seen, seconds: 0, fault: "not-done" };
}

function resultsOf({ checks, findings }: CheckBatch, outcome: Outcome): CheckResult[] {
  const { seconds } = outcome;
  if ("answer" in outcome) {
    const found = findings(outcome.answer);
    return checks.map((check, index) => {
      const finding = found[index] ?? noAnswer("no answer");
      return { ...check, ...finding, seconds, ...(finding.ok ? {} : { fault: faultOf(check) }) };
    });
  }
  return checks.map((check) => {
    const fault = outcome.failure === "unreachable" ? "unreachable" : faultOf(check);
    return { ...check, ...noAnswer(outcome.why), seconds, fault };
  });
}

const faultOf = ({ check, step }: PlannedCheck): Fault => (check === step ? "step" : "check");

const noAnswer = (seen: string): Finding => ({ ok: false, expected: "an answer from the node", seen });
