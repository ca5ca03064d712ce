import type { StackConfig } from "../config/schema.ts";
import { refuseInterruptedRestore } from "../engine/restore-intent.ts";
import { readResources } from "../engine/state.ts";
import type { RunOptions } from "./follow.ts";
import type { RunReport } from "./report.ts";

/**
 * Builds a stack, or what is missing of it, or of a part of it. What is there beyond the part stays.
 * @throws UserError for a part that the lab does not have
 */
export async function up(stack: string, config: StackConfig, options: RunOptions): Promise<RunReport> {
  await refuseInterruptedRestore(stack);
  let read: ReturnType<typeof readResources> | undefined;
  const state = (): ReturnType<typeof readResources> => {
    read ??= readResources(stack);
    return read;
  };
  // The engine takes as long to give it out as the rest takes to load. Who asks for it is told what went wrong.
  state().catch(() => undefined);
  const { build } = await import("./build.ts");
  return build(stack, config, options, state);
}
