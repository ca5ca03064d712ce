import type { CurrentStack, Stack } from "../engine/stack.ts";
import { pause } from "../transport/waiting.ts";
import type { CheckRecord } from "../verify/record.ts";
import type { CheckResult } from "../verify/results.ts";
import { afterRound, nextRound } from "../verify/rounds.ts";
import type { Invocation } from "./command.ts";
import { INTERRUPTED, Interrupted } from "./interrupt.ts";
import { titlesOf } from "./views/check.ts";
import { watchView } from "./views/watch.ts";

/** Checks that run at the same time on one node: half as many as in a single `verify`, so that the lab stays usable. */
const AT_ONCE = 2;

/**
 * Verifies round after round until Ctrl-C, and shows what is broken and what changes. Changes nothing. Ctrl-C ends running checks on
 * their nodes.
 * @returns 130: only Ctrl-C ends it
 * @throws UserError when the stack is not built, or no longer
 */
export async function watch(invocation: Invocation, stack: Stack): Promise<number> {
  const { context, options, args } = invocation;
  const { signal, abort } = controlled();
  const release = context.onInterrupt(() => (signal.aborted ? context.exit(INTERRUPTED) : abort()));
  const view = watchView(context, options.json === true, stack.name, titlesOf(await stack.plannedSteps()));
  let record: CheckRecord | undefined;
  let results: CheckResult[] = [];
  try {
    let current: CurrentStack | undefined;
    let only: readonly string[] | undefined;
    let whole = { took: 0, ended: 0 };
    for (;;) {
      view.looking(only === undefined);
      const began = Date.now();
      if (only === undefined || current === undefined) current = await standing();
      const round = await context.lab.readings.verify(current, {
        only: only ?? args,
        required: current.wanted,
        atOnce: AT_ONCE,
        signal,
        onResult: view.checked,
      });
      signal.throwIfAborted();
      const now = Date.now();
      const after = afterRound(results, round, only);
      results = after.results;
      record ??= await context.lab.readings.recordChecks(current);
      for (const result of after.changed) record.add(result);
      const rootCauses = await context.lab.readings.rootCauses(results, current.steps);
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
    record?.end(results, signal.aborted);
    view.end();
    release();
  }

  async function standing(): Promise<CurrentStack> {
    await stack.stateNow();
    signal.throwIfAborted();
    return stack.built();
  }
}

function controlled(): { signal: AbortSignal; abort: () => void } {
  const controller = new AbortController();
  return { signal: controller.signal, abort: () => controller.abort(new Interrupted()) };
}
