import type { StackConfig } from "../config/schema.ts";
import type { Observed } from "../engine/observed.ts";
import type { Target } from "../engine/target.ts";
import { orAborted, pause } from "../transport/waiting.ts";
import type { CheckResult } from "../verify/results.ts";
import { type Context, LAB } from "./context.ts";
import { configNow } from "./reach.ts";

/** Milliseconds after a restore in which services may still be starting. */
const STARTING = 240_000;
/** Milliseconds between two looks. */
const PAUSE = 1_000;

/** Milliseconds for which it is worth waiting that what was put back answers again; none where nothing was put back lately. */
function patience(target: Target | undefined, now: number): number {
  if (target?.why !== "checkpoint") return 0;
  return Math.max(0, new Date(target.at).getTime() + STARTING - now);
}

/** What is said of whatever does not hold shortly after a restore; undefined where it is not shortly after one. */
export const startingStill = (target: Target | undefined): string | undefined =>
  target !== undefined && patience(target, Date.now()) > 0
    ? `It was put back to ${target.name} only just: what does not hold may still be starting. \`${LAB} up\` waits for it.`
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
  const target = await context.lab.target(stack);
  const until = Date.now() + patience(target, Date.now());
  if (target === undefined || until <= Date.now()) return;
  const observed = await orAborted(context.lab.observe(stack), signal);
  const now = configNow(context, stack, config, observed);
  say(`Waiting until what is done by ${target.name} answers again.`);
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
