import type { StackConfig } from "../config/schema.ts";
import type { RunOptions, RunReport } from "../lab/index.ts";
import type { Invocation } from "./command.ts";
import type { Frame } from "./display/frame.ts";
import { showProgress } from "./display/progress.ts";
import type { RunState } from "./display/state.ts";
import { Interrupted, interruptible } from "./interrupt.ts";

/**
 * Runs something on a stack while showing how it goes.
 * @throws Interrupted after Ctrl-C, once what ran has been ended
 */
export async function followed(
  { context, options }: Invocation,
  verb: Frame["verb"],
  config: StackConfig | undefined,
  work: (handlers: Pick<RunOptions, "onEvent" | "signal">) => Promise<RunReport>,
): Promise<{ report: RunReport; state: RunState }> {
  const progress = showProgress(context, options.json === true, {
    verb,
    nodes: Object.keys(config?.nodes ?? {}),
  });
  let state: RunState | undefined;
  try {
    const report = await interruptible(context, progress.say, (signal) =>
      work({ onEvent: progress.event, signal }),
    );
    if (report.interrupted) throw new Interrupted();
    state = progress.end();
    return { report, state };
  } finally {
    if (state === undefined) progress.end();
  }
}
