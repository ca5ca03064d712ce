import { type Look, looksOf, type Subject, unanswered } from "../actions/look.ts";
import type { Difference } from "../actions/types.ts";
import type { StackConfig } from "../config/schema.ts";
import { THIS_MACHINE } from "../curriculum/types.ts";
import type { Observed } from "../engine/observed.ts";
import { secretsOf, valuesOf } from "../engine/observed-values.ts";
import { inOrder } from "../plan/order.ts";
import { type PlannedStep, plannedSteps } from "../plan/planned-steps.ts";
import { doScript, resolvedAction } from "../plan/script.ts";
import { isKnown } from "../plan/values.ts";
import { SshPool } from "../transport/ssh.ts";
import { type JudgedStep, judged, type SeenStep } from "./classify.ts";
import { onNode, onThisMachine, type Reached, unreachable } from "./reach.ts";

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

/** Seconds after which nothing more is expected from a node. */
const LIMIT = 120;

/** A step on a place that stands, ready to be looked at. */
interface Sought extends Subject, Omit<SeenStep, "differences"> {}

/** Looks at all places of a standing lab at once, over one connection each. Changes nothing. */
export async function look(
  config: StackConfig,
  observed: Observed,
  options: LookOptions = {},
): Promise<Looked> {
  const course = inOrder(plannedSteps(config)).filter(({ name }) => options.only?.has(name) ?? true);
  // Of what stands: a node that the configuration has no more has no steps either.
  const nodes = observed.nodes.filter(({ name }) => name in config.nodes);
  const pool = new SshPool();
  try {
    const places = [
      ...nodes.map((node): [string, Reached] => [node.name, onNode(pool, node)]),
      [THIS_MACHINE, onThisMachine] as [string, Reached],
    ];
    const found = await Promise.all(
      places.map(async ([name, reached]) => {
        const sought = soughtOn(name, course, config, observed, options.all === true);
        const why = sought.length === 0 ? undefined : await unreachable(reached);
        return {
          node: name,
          why,
          steps: why === undefined ? await lookAt(reached, sought, options.signal) : [],
        };
      }),
    );
    const seen = new Map(found.flatMap(({ steps }) => steps).map((step) => [step.planned.name, step]));
    return {
      steps: judged(course.flatMap(({ name }) => seen.get(name) ?? [])),
      unreachable: found.flatMap(({ node, why }) => (why === undefined ? [] : [{ node, why }])),
    };
  } finally {
    pool.close();
  }
}

function soughtOn(
  place: string,
  course: readonly PlannedStep[],
  config: StackConfig,
  observed: Observed,
  all: boolean,
): Sought[] {
  const done = new Map(observed.done.map((item) => [item.name, item]));
  const values = valuesOf(config, observed, place);
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

async function lookAt(
  reached: Reached,
  sought: readonly Sought[],
  signal: AbortSignal | undefined,
): Promise<SeenStep[]> {
  const looks = looksOf(sought).map(async (one) => {
    const found = await answerTo(one, reached, signal);
    return one.subjects.map(({ planned, done, changed }, index): SeenStep => {
      return { planned, done, changed, differences: found[index] ?? [] };
    });
  });
  return (await Promise.all(looks)).flat();
}

async function answerTo(
  one: Look<Sought>,
  { name, run }: Reached,
  signal: AbortSignal | undefined,
): Promise<Difference[][]> {
  const limit = AbortSignal.timeout(LIMIT * 1000);
  try {
    return one.judge(await run(one.script, signal === undefined ? limit : AbortSignal.any([signal, limit])));
  } catch (error) {
    signal?.throwIfAborted();
    const why = `${name}: ${error instanceof Error ? error.message : String(error)}`;
    return one.subjects.map(({ secrets }) => unanswered(why, secrets));
  }
}
