import { masker } from "../actions/mask.ts";
import { THIS_MACHINE } from "../curriculum/types.ts";
import { secretsOf, valuesOf } from "../engine/observed-values.ts";
import type { ObservedStack } from "../engine/stack.ts";
import type { PlannedStep } from "../plan/planned-steps.ts";
import { doScript } from "../plan/script.ts";
import { Runner } from "../transport/runner.ts";

export interface RedoOptions {
  /** What the step says, as it comes, secrets masked. */
  readonly onOutput: (text: string) => void;
  readonly signal: AbortSignal;
}

/**
 * Runs a step's script again where it is done. The state stays as it is: it says that the step is done, before and after.
 * @returns the exit code
 * @throws as transport does where the node cannot be reached
 */
export async function redo(
  stack: ObservedStack,
  planned: PlannedStep,
  { onOutput, signal }: RedoOptions,
): Promise<number> {
  const observed = stack.state;
  const node = observed.nodes.find(({ name }) => name === planned.node);
  if (node === undefined && planned.node !== THIS_MACHINE) throw new Error(`no node ${planned.node}`);
  const runner = new Runner({ signal, mask: masker(secretsOf(observed)) });
  try {
    const command = doScript(planned, valuesOf(stack, planned.node));
    return (await runner.run(node ?? { name: THIS_MACHINE }, { command, limit: "step", onOutput })).code;
  } finally {
    runner.close();
  }
}
