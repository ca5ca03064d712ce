import { refuseInterruptedRestore } from "../engine/restore-intent.ts";
import type { Stack } from "../engine/stack.ts";
import type { RunOptions } from "./follow.ts";
import type { RunReport } from "./report.ts";

/**
 * Builds a stack, or what is missing of it, or of a part of it. What is there beyond the part stays.
 * @throws UserError for a part that the lab does not have
 */
export async function up(stack: Stack, options: RunOptions): Promise<RunReport> {
  await refuseInterruptedRestore(stack.name);
  // The engine takes as long to give the state out as the rest takes to load. Whoever asks for it gets the error.
  stack.state().catch(() => undefined);
  const { build } = await import("./build.ts");
  return build(stack, options);
}
