import { masker } from "../actions/mask.ts";
import { THIS_MACHINE } from "../curriculum/types.ts";
import { secretsOf, valuesOf } from "../engine/observed-values.ts";
import type { ObservedStack } from "../engine/stack.ts";
import { plannedNodes } from "../hardware/lookup.ts";
import { causesIn } from "../health/ask-lab.ts";
import type { Cause } from "../health/types.ts";
import { plannedSteps } from "../plan/planned-steps.ts";
import { knownValues } from "../plan/values.ts";
import { Runner } from "../transport/runner.ts";
import { BatchScript } from "./batch-script.ts";
import { CausesFirst } from "./causes-first.ts";
import { checkBatches, expectationOf } from "./checks.ts";
import { type CheckResult, stepName } from "./results.ts";

export interface VerifyOptions {
  /** Service or step ids: only their checks run. @default all */
  readonly only?: readonly string[];
  /** Names of the planned steps that must be done. Other steps that are not done get no result. @default all */
  readonly required?: ReadonlySet<string>;
  /** Only the checks that the course adds, without the probes of the steps. @default false */
  readonly addedOnly?: boolean;
  /** Gets each result as soon as it is known. */
  readonly onResult?: (result: CheckResult) => void;
  /** Scripts that run at the same time on one node. @default 7 */
  readonly atOnce?: number;
  /** When aborted, the running scripts are ended on their nodes, and `verify` rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

/** Scripts of services that hang wait for a while, and the others are not to wait for them; sshd allows ten sessions, and one asks for causes. */
const AT_ONCE = 7;

/**
 * Runs the checks of the course on all nodes and on this machine, and asks the nodes for known causes at the same time. Changes nothing.
 * @returns results in course order, secrets masked
 */
export async function verify(stack: ObservedStack, options: VerifyOptions = {}): Promise<CheckResult[]> {
  const { config, state: observed } = stack;
  const mask = masker(secretsOf(observed));
  const course = plannedSteps(config).filter((item) => wanted(item.step.id, item.service, options.only));
  const done = new Set(observed.done.map((item) => item.name));
  const results: CheckResult[] = [];
  const shown = new CausesFirst((result) => {
    const masked = { ...result, expected: mask(result.expected), seen: mask(result.seen) };
    results.push(masked);
    options.onResult?.(masked);
  });
  const { add } = shown;
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
      options.addedOnly,
    );
    return [{ endpoint, scripts: batches.map((batch) => new BatchScript(batch, add)) }];
  });
  const runner = new Runner({ signal: options.signal, mask });
  try {
    const health = causesIn(stack, runner).then((causes) => shown.known(causes.map(asHint(options.only))));
    const checks = runner.runAll(work.flat(), {
      atOnce: options.atOnce ?? AT_ONCE,
      onOutcome: (script, outcome) => script.ended(outcome),
    });
    await Promise.all([health, checks]);
  } finally {
    runner.close();
  }
  const order = course.map((item) => item.name);
  const rank = (result: CheckResult): number => order.indexOf(stepName(result));
  return results.sort((a, b) => rank(a) - rank(b));
}

const wanted = (step: string, service: string, only: readonly string[] | undefined): boolean =>
  only === undefined || only.length === 0 || only.includes(step) || only.includes(service);

/** A part of a lab is not red because of what hinders another part. */
const asHint =
  (only: readonly string[] = []) =>
  (cause: Cause): Cause => ({ ...cause, hint: cause.hint || only.length > 0 });

function notDone(step: string, node: string, expected: string): CheckResult {
  const seen = "the step is not done yet: run `lab up`";
  return { check: step, step, node, ok: false, expected, seen, seconds: 0, fault: "not-done" };
}
