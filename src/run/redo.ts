import { masker } from "../actions/mask.ts";
import { THIS_MACHINE } from "../curriculum/types.ts";
import { secretsOf, valuesOf } from "../engine/observed-values.ts";
import { claim } from "../engine/ownership.ts";
import type { ObservedStack } from "../engine/stack.ts";
import type { PlannedStep } from "../plan/planned-steps.ts";
import { doScript } from "../plan/script.ts";
import { Runner } from "../transport/runner.ts";
import type { RunOptions } from "./execute.ts";
import { type RunRecorder, recordRun } from "./recorder.ts";
import { refuseChanges } from "./refuse-changes.ts";

/**
 * Runs the script of steps that are done once more, one after the other, until one fails. The state stays as it is: the steps are done
 * before and after.
 * @returns the exit code of the last script
 * @throws UserError where the configuration is one that the lab cannot follow; as transport does where a node is unreachable
 */
export async function redo(
  stack: ObservedStack,
  steps: readonly PlannedStep[],
  options: Pick<RunOptions, "onEvent" | "signal">,
): Promise<number> {
  const { signal } = options;
  refuseChanges(stack.name, stack.config, stack.state);
  await claim(stack, stack.state.deployed);
  const secrets = secretsOf(stack.state);
  const run = { command: "redo" as const, stack: stack.name, lab: stack.config.lab };
  const report = await recordRun(run, options, async (recorder) => {
    recorder.hide(secrets);
    recorder.emit({ type: "plan", total: steps.length, at: Date.now() });
    const runner = new Runner({ signal, mask: masker(secrets) });
    let code = 0;
    let changed = 0;
    try {
      for (const planned of steps) {
        code = await redoStep(stack, planned, runner, recorder);
        if (code !== 0) break;
        changed += 1;
      }
    } finally {
      runner.close();
    }
    return { ok: code === 0, interrupted: false, changed, failed: code === 0 ? [] : [code], code };
  });
  return report.code;
}

/** @returns the exit code */
async function redoStep(
  stack: ObservedStack,
  planned: PlannedStep,
  runner: Runner,
  { emit }: RunRecorder,
): Promise<number> {
  const { name, node, step } = planned;
  const found = stack.state.nodes.find((one) => one.name === node);
  if (found === undefined && node !== THIS_MACHINE) throw new Error(`no node ${node}`);
  const subject = { name, step: step.id, node };
  const began = Date.now();
  const now = () => ({ seconds: (Date.now() - began) / 1000, at: Date.now() });
  emit({ type: "started", ...subject, title: step.title, operation: "update", at: began });
  try {
    const { code } = await runner.run(found ?? { name: THIS_MACHINE }, {
      command: doScript(planned, valuesOf(stack, node)),
      limit: "step",
      onOutput: (text) => emit({ type: "output", name, text, at: Date.now() }),
    });
    if (code === 0) emit({ type: "done", ...subject, changed: true, ...now() });
    else emit({ type: "failed", ...subject, message: `exit code ${code}`, code, ...now() });
    return code;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    emit({ type: "failed", ...subject, message, ...now() });
    throw error;
  }
}
