import type { RunOptions } from "../run/execute.ts";
import type { RunReport } from "../run/report.ts";
import type { Invocation } from "./command.ts";
import { failures } from "./display/failure.ts";
import type { Frame } from "./display/frame.ts";
import { showProgress } from "./display/progress.ts";
import type { RunState } from "./display/state.ts";
import { styleFor } from "./display/style.ts";
import { summaryJson } from "./display/summary.ts";
import { INTERRUPTED, Interrupted, interruptible } from "./interrupt.ts";
import { writeJson } from "./json.ts";

/** What a run tells while it goes on, and what ends it. */
export interface Handlers extends Pick<RunOptions, "onEvent" | "signal"> {
  /** Says something to the person in between. */
  readonly say: (text: string) => void;
}

/** A run that has come to its end, and all that was learnt on the way. */
export interface Followed {
  readonly report: RunReport;
  readonly state: RunState;
}

/** Runs something on a stack while showing how it goes; Ctrl-C ends it in order. */
export async function followed(
  { context, options }: Invocation,
  how: Frame["verb"] | Pick<Frame, "verb" | "asks">,
  nodes: readonly string[],
  work: (handlers: Handlers) => Promise<RunReport>,
): Promise<Followed> {
  const frame = typeof how === "string" ? { verb: how } : how;
  const progress = showProgress(context, options.json === true, { ...frame, nodes });
  let state: RunState | undefined;
  try {
    const report = await interruptible(context, progress.say, (signal) =>
      work({ onEvent: progress.event, signal, say: progress.say }),
    );
    state = progress.end();
    return { report, state };
  } finally {
    if (state === undefined) progress.end();
  }
}

/**
 * Says how it went: `text` for people, with all failures before it; one object for programs.
 * @returns the exit code
 */
export function concluded(
  { context, options }: Invocation,
  { report, state }: Followed,
  text: () => string[],
): number {
  const { stdout, stderr, env } = context;
  if (options.json) writeJson(stdout, summaryJson(state, report));
  else if (report.interrupted) stderr.write(`${new Interrupted().message}\n`);
  else {
    if (report.failed.length > 0)
      stderr.write(`${failures(report, state, styleFor(stderr, env)).join("\n")}\n\n`);
    stdout.write(`${text().join("\n")}\n`);
  }
  if (report.interrupted) return INTERRUPTED;
  return report.ok ? 0 : 1;
}
