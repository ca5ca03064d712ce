import { refuseInterruptedRestore } from "../engine/restore-intent.ts";
import type { Stack } from "../engine/stack.ts";
import type { RunOptions } from "./execute.ts";
import type { RunReport } from "./report.ts";

/**
 * Builds a stack (see `build`). Reads the state while the rest of the program loads: both take a second.
 * @throws UserError where a restore was interrupted, and as `build` does
 */
export async function up(stack: Stack, options: RunOptions): Promise<RunReport> {
  await refuseInterruptedRestore(stack.name);
  // Whoever awaits it gets the error.
  stack.state().catch(() => undefined);
  const { build } = await import("./build.ts");
  return build(stack, options);
}
