import { UserError } from "../config/errors.ts";
import type { StackConfig } from "../config/schema.ts";
import type { Observed } from "../engine/observed.ts";
import { targetSteps } from "../engine/target.ts";
import type { PlannedStep } from "../plan/planned-steps.ts";
import { pause } from "../transport/waiting.ts";
import type { CheckResult } from "../verify/results.ts";
import { afterRound, nextRound } from "../verify/rounds.ts";
import type { Invocation } from "./command.ts";
import { LAB } from "./context.ts";
import { titlesOf } from "./display/check.ts";
import { watchView } from "./display/watch.ts";
import { INTERRUPTED, Interrupted } from "./interrupt.ts";
import { configNow } from "./reach.ts";

/** Checks at once on a node: half of what one look takes, so that the lab stays usable. */
const AT_ONCE = 2;

/**
 * Verifies round after round until Ctrl-C, and shows what is broken and what changes. Changes nothing; a check that runs
 * when it is interrupted is ended on its node.
 * @returns the exit code of what was interrupted: it has no other end
 * @throws UserError when the stack is not there, or no more
 */
export async function watch(
  invocation: Invocation,
  stack: string,
  config: StackConfig,
  course: readonly PlannedStep[],
): Promise<number> {
  const { context, options, args } = invocation;
  const { signal, abort } = controlled();
  const release = context.onInterrupt(() => (signal.aborted ? context.exit(INTERRUPTED) : abort()));
  const view = watchView(context, options.json === true, stack, titlesOf(course));
  try {
    let observed: Observed | undefined;
    let results: CheckResult[] = [];
    let only: readonly string[] | undefined;
    let whole = { took: 0, ended: 0 };
    for (;;) {
      view.looking(only === undefined);
      const began = Date.now();
      if (only === undefined || observed === undefined) observed = await standing();
      const done = new Set(observed.done.map(({ name }) => name));
      const round = await context.lab.verify(configNow(context, stack, config, observed), observed, {
        only: only ?? args,
        meant: targetSteps(observed.target, course, done),
        atOnce: AT_ONCE,
        signal,
        onResult: view.checked,
      });
      signal.throwIfAborted();
      const now = Date.now();
      const after = afterRound(results, round, only);
      results = after.results;
      const rootCauses = await context.lab.rootCauses(results, config);
      if (only === undefined) whole = { took: now - began, ended: now };
      const next = nextRound({
        rootCauses,
        changed: only !== undefined && after.changed.length > 0,
        last: (now - began) / 1000,
        whole: whole.took / 1000,
        sinceWhole: (now - whole.ended) / 1000,
      });
      view.seen({ ...after, rootCauses, whole: only === undefined, rest: next.rest });
      only = next.only;
      await pause(next.rest * 1000, signal);
    }
  } catch (error) {
    if (!signal.aborted) throw error;
    return INTERRUPTED;
  } finally {
    view.end();
    release();
  }

  async function standing(): Promise<Observed> {
    const observed = await context.lab.observe(stack);
    signal.throwIfAborted();
    if (!observed.exists) throw new UserError(`${stack} is not built: ${LAB} up builds it.`, 1);
    return observed;
  }
}

function controlled(): { signal: AbortSignal; abort: () => void } {
  const controller = new AbortController();
  return { signal: controller.signal, abort: () => controller.abort(new Interrupted()) };
}
