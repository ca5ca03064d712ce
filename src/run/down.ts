import { forgetCheckpoints } from "../checkpoints/record.ts";
import { secretsIn } from "../config/secret-value.ts";
import { decrypted, removeEncryptionSalt } from "../engine/config-secrets.ts";
import { secretsOf } from "../engine/observed-values.ts";
import { openStack } from "../engine/open-stack.ts";
import { refuseForeign, sortByState } from "../engine/ownership.ts";
import { PARALLEL, pulumi } from "../engine/pulumi.ts";
import { forgetIntent, interruptedRestore } from "../engine/restore-intent.ts";
import type { Stack } from "../engine/stack.ts";
import { writeTarget } from "../engine/target.ts";
import { hardwareOf, releaseStack } from "../hardware/lookup.ts";
import { inOrder } from "../plan/order.ts";
import { plannedSteps } from "../plan/planned-steps.ts";
import { executeRun, type Run, type RunOptions } from "./execute.ts";
import { orphansOf, removedByTakeOver } from "./orphans.ts";
import { recordRun } from "./recorder.ts";
import type { RunReport } from "./report.ts";
import { forgetUpToDate } from "./up-to-date.ts";

export interface DownOptions extends RunOptions {
  /** Removes what another state made under the stack's name too. @default such a stack is refused */
  readonly takeOver?: boolean;
}

/**
 * Removes a stack with its nodes, networks and state. Works without its configuration too, from the state alone.
 * @throws UserError where another state made some of it, unless `takeOver` is set
 */
export async function down(
  stack: Pick<Stack, "name" | "validConfig" | "state">,
  options: DownOptions,
): Promise<RunReport> {
  const { name, validConfig: config } = stack;
  const { signal } = options;
  const course = config === undefined ? [] : inOrder(plannedSteps(config));
  // Refuses while a restore goes on. A restore that was interrupted no longer matters.
  await interruptedRestore(name);
  const report = await recordRun(
    { command: "down", stack: name, ...(config === undefined ? {} : { lab: config.lab }) },
    options,
    async (recorder) => {
      const state = await stack.state("interrupted restore");
      recorder.hide(secretsOf(state));
      const ours = await sortByState({ name, config }, state.deployed);
      if (!options.takeOver) refuseForeign(name, ours.foreign);
      await ours.adopt();
      const open = config === undefined ? undefined : await decrypted({ name, config });
      const plugin = open && (await hardwareOf(open.config).pluginEnvironment?.(open.config));
      const opened = await openStack(name, undefined, plugin);
      recorder.hide(secretsIn(open?.config.hardware));
      const orphans = await orphansOf(open, recorder.emit);
      const refresh = open !== undefined && hardwareOf(open.config).plugin !== undefined;
      const run: Run = { stack: { name, config: open?.config }, course, recorder, signal };
      return executeRun(run, async ({ onEvent }) => {
        await removedByTakeOver(ours, recorder.emit);
        await orphans.unknown();
        await opened.destroy({ onEvent, signal, parallel: PARALLEL, refresh });
        await orphans.all();
      });
    },
  );
  if (report.ok) {
    await pulumi(["stack", "rm", "--yes", "--force", "--preserve-config", "--stack", name]);
    await removeEncryptionSalt(name);
    await forgetCheckpoints(name);
    releaseStack(name);
    await forgetIntent(name);
    await forgetUpToDate(name);
    await writeTarget(name, undefined);
  }
  return report;
}
