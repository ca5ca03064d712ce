import type { RunReport } from "../lab/index.ts";
import type { Context } from "./context.ts";
import { failure, whatNext } from "./display/failure.ts";
import type { RunState } from "./display/state.ts";
import { styleFor } from "./display/style.ts";

/** Everything that failed, for people. */
export function reportFailures({ stderr, env }: Context, state: RunState, report: RunReport): void {
  if (report.failed.length === 0) return;
  const style = styleFor(stderr, env);
  const lines = report.failed.flatMap((failed) => failure(failed, state.tails[failed.name] ?? [], style));
  stderr.write(`${[...lines, ...whatNext(report.failed)].join("\n")}\n\n`);
}
