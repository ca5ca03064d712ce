import type { RunOptions } from "../run/execute.ts";
import type { RunReport } from "../run/report.ts";
import type { Invocation } from "./command.ts";
import { INTERRUPTED, Interrupted, interruptible } from "./interrupt.ts";
import { failures } from "./views/failure.ts";
import type { Frame } from "./views/frame.ts";
import { showProgress } from "./views/progress.ts";
import { writeJson } from "./views/show.ts";
import type { RunState } from "./views/state.ts";
import { styleFor } from "./views/style.ts";
import { summaryJson } from "./views/summary.ts";

/** What a run reports to, and what interrupts it. */
interface Handlers extends Pick<RunOptions, "onEvent" | "signal"> {
  /** Prints a line between the lines of progress. */
  readonly say: (text: string) => void;
}

/** What is shown of a run while it goes on. */
interface Shown extends Pick<Frame, "verb" | "nodes" | "asks"> {
  /** Name of the stack. */
  readonly stack: string;
}

/** A run that has ended, and what was learnt on the way. */
interface Followed {
  readonly stack: string;
  readonly report: RunReport;
  readonly state: RunState;
}

/** Does a run while showing its progress. Ctrl-C ends it in order. */
export async function followRun(
  { context, options }: Invocation,
  { stack, ...frame }: Shown,
  work: (handlers: Handlers) => Promise<RunReport>,
): Promise<Followed> {
  const progress = showProgress(context, options.json === true, frame);
  let state: RunState | undefined;
  try {
    const report = await interruptible(context, progress.say, (signal) =>
      work({ onEvent: progress.event, signal, say: progress.say }),
    );
    state = progress.end();
    return { stack, report, state };
  } finally {
    if (state === undefined) progress.end();
  }
}

/**
 * Prints how a run ended: for people all failures, then `text`; for programs one object.
 * @returns the exit code
 */
export function concludeRun(
  { context, options }: Invocation,
  { stack, report, state }: Followed,
  text: () => string[],
): number {
  const { stdout, stderr, env } = context;
  if (options.json) writeJson(stdout, summaryJson(stack, state, report));
  else if (report.interrupted) stderr.write(`${new Interrupted().message}\n`);
  else {
    if (report.failed.length > 0)
      stderr.write(`${failures(report, state, styleFor(stderr, env)).join("\n")}\n\n`);
    stdout.write(`${text().join("\n")}\n`);
  }
  if (report.interrupted) return INTERRUPTED;
  return report.ok ? 0 : 1;
}
