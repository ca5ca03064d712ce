import { secretsIn } from "../config/secret-value.ts";
import { decrypted } from "../engine/config-secrets.ts";
import { secretsOf } from "../engine/observed-values.ts";
import { openStack } from "../engine/open-stack.ts";
import { claim } from "../engine/ownership.ts";
import { PARALLEL } from "../engine/pulumi.ts";
import { refuseInterruptedRestore } from "../engine/restore-intent.ts";
import type { CurrentStack } from "../engine/stack.ts";
import { type Target, writeTarget } from "../engine/target.ts";
import { hardwareOf } from "../hardware/lookup.ts";
import { inOrder } from "../plan/order.ts";
import { program } from "../program/lab-stack.ts";
import { scopeWithout } from "../program/scope.ts";
import { executeRun, type RunOptions } from "./execute.ts";
import { recordRun } from "./recorder.ts";
import { refuseChanges } from "./refuse-changes.ts";
import type { RunReport } from "./report.ts";

/**
 * Undoes steps of a stack, in reverse order; everything else stays as it is. Where all steps go, nodes and networks go too: passwords
 * stay.
 * @param gone names of the planned steps, with all their dependents
 * @param target how far the stack is to be built from then on
 */
export async function undoSteps(
  current: CurrentStack,
  gone: ReadonlySet<string>,
  target: Omit<Target, "at">,
  options: RunOptions,
): Promise<RunReport> {
  const { name: stack, config, state } = current;
  const { signal } = options;
  const whole = inOrder(current.steps);
  await refuseInterruptedRestore(stack);
  // What stays follows the configuration.
  refuseChanges(stack, config, { ...state, done: state.done.filter(({ name }) => !gone.has(name)) });
  await claim(current, state.deployed);
  const run = { command: "reset" as const, stack, lab: config.lab };
  return recordRun(run, options, async (recorder) => {
    recorder.hide(secretsOf(state));
    const open = await decrypted(current);
    recorder.hide(secretsIn(open.config));
    const scope = scopeWithout(open.config, whole, gone, state.deployed);
    const plugin = await hardwareOf(open.config).pluginEnvironment?.(open.config);
    const opened = await openStack(stack, async () => program(open.config, { scope }), plugin);
    await writeTarget(stack, target);
    const engine = { signal, parallel: PARALLEL, exclude: [...scope.untouched] };
    return executeRun({ stack: open, course: whole, recorder, signal }, async ({ onEvent }) => {
      // A node takes everything with it that was done on it, in seconds.
      if (scope.steps.size === 0) await opened.destroy({ ...engine, onEvent });
      else await opened.up({ ...engine, onEvent });
    });
  });
}
