import type { StackConfig } from "../config/schema.ts";
import { THIS_MACHINE } from "../curriculum/types.ts";
import { onNode, onThisMachine, type Reached, unreachable } from "../drift/reach.ts";
import type { Observed } from "../engine/observed.ts";
import { secretsOf, valuesOf } from "../engine/observed-values.ts";
import { MASK } from "../plan/commands.ts";
import { places } from "../plan/places.ts";
import { plannedSteps } from "../plan/planned-steps.ts";
import { knownValues } from "../plan/values.ts";
import { SshPool } from "../transport/ssh.ts";
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
/** Seconds after which a check has failed. */
const LIMIT = 90;

/** Runs every check of the course on the observed nodes. Changes nothing. @returns in course order */
export async function verify(
  config: StackConfig,
  observed: Observed,
  options: VerifyOptions = {},
): Promise<CheckResult[]> {
  const pool = new SshPool();
  try {
    const course = plannedSteps(config).filter((item) => wanted(item.step.id, item.service, options.only));
    const done = new Set(observed.done.map((item) => item.name));
    const order = course.map((item) => item.name);
    const look = async (name: string, reached: Reached | undefined): Promise<CheckResult[]> => {
      const own = course.filter((item) => item.node === name);
      const missing = own.filter(
        (item) => (reached === undefined || !done.has(item.name)) && (options.meant?.has(item.name) ?? true),
      );
      const planned = missing.length > 0 ? knownValues(observed.stack, config, places(config), name) : {};
      const results = missing.map((item) => tell(options, notDone(item.step.id, name, seeOf(item, planned))));
      if (reached === undefined) return results;
      const values = valuesOf(config, observed, name);
      const looks = looksAt(
        own.filter((item) => done.has(item.name)),
        values,
      );
      return [...results, ...(await runAll(reached, looks, secretsOf(observed), options))];
    };
    const nodes = Object.keys(config.nodes).map((name) => {
      const node = observed.nodes.find((item) => item.name === name);
      return look(name, node === undefined ? undefined : onNode(pool, node));
    });
    // Each comes to its end, also when one is interrupted before: nothing is left running.
    const looks = await Promise.allSettled([...nodes, look(THIS_MACHINE, onThisMachine)]);
    const results = looks.flatMap((one) => {
      if (one.status === "rejected") throw one.reason;
      return one.value;
    });
    const rank = (result: CheckResult): number => order.indexOf(`${result.step}@${result.node}`);
    return results.sort((a, b) => rank(a) - rank(b));
  } finally {
    pool.close();
  }
}

const wanted = (step: string, service: string, only: readonly string[] | undefined): boolean =>
  only === undefined || only.length === 0 || only.includes(step) || only.includes(service);

function notDone(step: string, node: string, expected: string): CheckResult {
  const seen = "the step is not done yet: run `lab up`";
  return { check: step, step, node, ok: false, expected, seen, seconds: 0, fault: "not-done" };
}

async function runAll(
  reached: Reached,
  looks: readonly PlannedLook[],
  secrets: readonly string[],
  options: VerifyOptions,
): Promise<CheckResult[]> {
  if (looks.length === 0) return [];
  const { signal, atOnce = AT_ONCE } = options;
  const why = await unreachable(reached, signal);
  signal?.throwIfAborted();
  const results: CheckResult[] = [];
  const waiting = [...looks];
  const worker = async (): Promise<void> => {
    for (let look = waiting.shift(); look !== undefined; look = waiting.shift()) {
      const { checks, script, judge } = look;
      const all = (seen: string): Verdict[] => checks.map(() => failed(seen));
      const began = Date.now();
      const verdicts =
        why === undefined
          ? await reached
              .run(script, limited(signal))
              .then(judge, (error: Error) => all(`no answer: ${error.message}`))
          : all(`${reached.name} cannot be reached: ${why}`);
      signal?.throwIfAborted();
      const seconds = (Date.now() - began) / 1000;
      for (const [index, check] of checks.entries()) {
        const { ok, expected, seen } = verdicts[index] ?? failed("no answer");
        const result = {
          ...check,
          ok,
          expected: mask(expected, secrets),
          seen: mask(seen, secrets),
          seconds,
        };
        results.push(tell(options, ok ? result : { ...result, fault: faultOf(check, why === undefined) }));
      }
    }
  };
  await Promise.all(Array.from({ length: why === undefined ? atOnce : 1 }, worker));
  return results;
}

const limited = (signal: AbortSignal | undefined): AbortSignal =>
  AbortSignal.any([AbortSignal.timeout(LIMIT * 1000), ...(signal === undefined ? [] : [signal])]);

function faultOf({ check, step }: PlannedCheck, reachable: boolean): Fault {
  if (!reachable) return "unreachable";
  return check === step ? "step" : "check";
}

const failed = (seen: string): Verdict => ({ ok: false, expected: "an answer from the node", seen });

/** A page or log must not show a password, even where a service prints one itself. */
const mask = (text: string, secrets: readonly string[]): string =>
  secrets.reduce((masked, secret) => masked.replaceAll(secret, MASK), text);

function tell(options: VerifyOptions, result: CheckResult): CheckResult {
  options.onResult?.(result);
  return result;
}
