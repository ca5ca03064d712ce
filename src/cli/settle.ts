import type { StackConfig } from "../config/schema.ts";
import type { Observed } from "../engine/observed.ts";
import type { Goal } from "../engine/target.ts";
import { orAborted, pause } from "../transport/waiting.ts";
import type { CheckResult } from "../verify/index.ts";
import { type Context, LAB } from "./context.ts";
import { configNow } from "./reach.ts";

/** Milliseconds after a restore in which services may still be starting. */
const STARTING = 240_000;
/** Milliseconds between two looks. */
const PAUSE = 1_000;

/** Milliseconds for which it is worth waiting that what was put back answers again; none where nothing was put back lately. */
function patience(goal: Goal | undefined, now: number): number {
  if (goal?.why !== "checkpoint") return 0;
  return Math.max(0, new Date(goal.at).getTime() + STARTING - now);
}

/** What is said of whatever does not hold shortly after a restore; undefined where it is not shortly after one. */
export const startingStill = (goal: Goal | undefined): string | undefined =>
  goal !== undefined && patience(goal, Date.now()) > 0
    ? `It was put back to ${goal.name} only just: what does not hold may still be starting. \`${LAB} up\` waits for it.`
    : undefined;

/**
 * Waits after a restore until the checks of all that is done are ok: nodes boot as after a power cut, and a step that is done
 * meanwhile would fail for want of what it needs. Waits no longer than services take to start: what is still not right then is
 * told by the steps.
 * @throws the signal's reason when aborted
 */
export async function settled(
  context: Pick<Context, "lab" | "stacks">,
  stack: string,
  config: StackConfig,
  say: (text: string) => void,
  signal: AbortSignal,
): Promise<void> {
  const goal = await context.lab.goal(stack);
  const until = Date.now() + patience(goal, Date.now());
  if (goal === undefined || until <= Date.now()) return;
  const observed = await orAborted(context.lab.observe(stack), signal);
  const now = configNow(context, stack, config, observed);
  say(`Waiting until what is done by ${goal.name} answers again.`);
  const look = (only: readonly string[]): Promise<CheckResult[]> =>
    failing(context, now, observed, only, signal);
  let failed = await look([]);
  while (failed.length > 0 && Date.now() < until) {
    await pause(PAUSE, signal);
    failed = await look([...new Set(failed.map(({ step }) => step))]);
  }
  if (failed.length > 0)
    say(
      `Going on, although it does not: ${[...new Set(failed.map(({ check, node }) => `${node} ${check}`))].join(", ")}.`,
    );
}

/** @param only steps; empty for all */
async function failing(
  { lab }: Pick<Context, "lab">,
  config: StackConfig,
  observed: Observed,
  only: readonly string[],
  signal: AbortSignal,
): Promise<CheckResult[]> {
  const meant = new Set(observed.done.map(({ name }) => name));
  return (await lab.verify(config, observed, { only, meant, signal })).filter(({ ok }) => !ok);
}
