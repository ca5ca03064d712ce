import { LAB } from "../config/paths.ts";
import type { CurrentStack, Stack } from "../engine/stack.ts";
import type { Target } from "../engine/target.ts";
import { abortable, pause } from "../transport/waiting.ts";

/** Milliseconds after a restore in which services may still be starting. */
const STARTING = 240_000;
/** Milliseconds between two rounds of checks. */
const PAUSE = 1_000;

/** A check that fails. */
interface FailedCheck {
  readonly check: string;
  readonly step: string;
  readonly node: string;
}

/**
 * Runs the checks of all steps that are done.
 * @param only steps; empty for all
 * @returns those that fail
 */
type Failing = (
  stack: CurrentStack,
  only: readonly string[],
  signal: AbortSignal,
) => Promise<readonly FailedCheck[]>;

/** Milliseconds for which services may still be starting after a restore; 0 when there was none lately. */
function startingFor(target: Target | undefined, now: number): number {
  if (target?.why !== "checkpoint") return 0;
  return Math.max(0, new Date(target.at).getTime() + STARTING - now);
}

/** What to say of failures shortly after a restore. @returns undefined when the last restore is not recent */
export const stillStarting = (target: Target | undefined): string | undefined =>
  target !== undefined && startingFor(target, Date.now()) > 0
    ? `It was put back to ${target.name} only just: what does not hold may still be starting. \`${LAB} up\` waits for it.`
    : undefined;

/**
 * Waits after a restore until the checks of all steps that are done are ok. Nodes boot as after a power cut, and a step that is
 * done meanwhile fails because a service that it needs is not up yet. Waits no longer than services take to start: a failure that
 * remains then shows in the steps.
 * @throws the signal's reason when aborted
 */
export async function waitAfterRestore(
  stack: Stack,
  failing: Failing,
  say: (text: string) => void,
  signal: AbortSignal,
): Promise<void> {
  const target = await stack.target();
  const until = Date.now() + startingFor(target, Date.now());
  if (target === undefined || until <= Date.now()) return;
  const current = await abortable(stack.current(), signal);
  say(`Waiting until the services that are done in ${target.name} answer again.`);
  let failed = await failing(current, [], signal);
  while (failed.length > 0 && Date.now() < until) {
    await pause(PAUSE, signal);
    failed = await failing(current, [...new Set(failed.map(({ step }) => step))], signal);
  }
  if (failed.length > 0)
    say(
      `Going on, although these checks still fail: ${[...new Set(failed.map(({ check, node }) => `${node} ${check}`))].join(", ")}.`,
    );
}
