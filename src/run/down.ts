import { forgetCheckpoints } from "../checkpoints/record.ts";
import type { ConfiguredStack } from "../config/schema.ts";
import { decrypted, removeEncryptionSalt } from "../engine/config-secrets.ts";
import { openStack } from "../engine/open-stack.ts";
import { pulumi } from "../engine/pulumi.ts";
import { forgetIntent, interruptedRestore, refuseInterruptedRestore } from "../engine/restore-intent.ts";
import type { Stack } from "../engine/stack.ts";
import { readResources } from "../engine/state.ts";
import { type Target, writeTarget } from "../engine/target.ts";
import { hardwareOf } from "../hardware/lookup.ts";
import { inOrder } from "../plan/order.ts";
import { plannedSteps } from "../plan/planned-steps.ts";
import { program } from "../program/program.ts";
import { scopeWithout } from "../program/scope.ts";
import { PARALLEL } from "./build.ts";
import { follow, type Run, type RunOptions } from "./follow.ts";
import { leftovers } from "./orphans.ts";
import type { RunReport } from "./report.ts";
import { forgetSettled } from "./up-to-date.ts";

/**
 * Takes steps of a stack back, each by its undo, in reverse order; all else stays as it is. Where all of the course goes, so do nodes
 * and networks: passwords stay.
 * @param gone names of the planned steps, with all that builds on them
 * @param target what is noted of how far the stack is meant to go from then on
 */
export async function takeBack(
  { name: stack, config }: ConfiguredStack,
  gone: ReadonlySet<string>,
  target: Omit<Target, "at">,
  options: RunOptions,
): Promise<RunReport> {
  const whole = inOrder(plannedSteps(config));
  await refuseInterruptedRestore(stack);
  const open = await decrypted({ name: stack, config });
  const scope = scopeWithout(open.config, whole, gone, (await readResources(stack)) ?? []);
  const opened = await openStack(stack, async () => program(open.config, scope));
  const exclude = [...scope.untouched];
  await writeTarget(stack, target);
  const run: Run = { stack: open, course: whole, options };
  const engine = { parallel: PARALLEL, exclude };
  return follow(run, async (handlers) => {
    // With a machine all that was done on it goes, in seconds.
    if (scope.steps.size === 0) await opened.destroy({ ...handlers, ...engine });
    else await opened.up({ ...handlers, ...engine });
  });
}

/** Takes a stack down and forgets it. Works without its configuration too, from the state alone. */
export async function down(
  { name: stack, validConfig: config }: Pick<Stack, "name" | "validConfig">,
  options: RunOptions,
): Promise<RunReport> {
  const course = config === undefined ? [] : inOrder(plannedSteps(config));
  // Refuses where a restore is under way; one that was cut off is of no more interest.
  await interruptedRestore(stack);
  const opened = await openStack(stack);
  const open = config === undefined ? undefined : await decrypted({ name: stack, config });
  const left = await leftovers(open, options.onEvent);
  const refresh = open !== undefined && hardwareOf(open.config).plugin !== undefined;
  const run: Run = { stack: { name: stack, config: open?.config }, course, options };
  const report = await follow(run, async (handlers) => {
    await left.unknown();
    await opened.destroy({ ...handlers, parallel: PARALLEL, refresh });
    await left.all();
  });
  if (report.ok) {
    await pulumi(["stack", "rm", "--yes", "--force", "--preserve-config", "--stack", stack]);
    await removeEncryptionSalt(stack);
    await forgetCheckpoints(stack);
    await forgetIntent(stack);
    await forgetSettled(stack);
    await writeTarget(stack, undefined);
  }
  return report;
}
