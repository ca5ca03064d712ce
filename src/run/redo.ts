import type { StackConfig } from "../config/schema.ts";
import { THIS_MACHINE } from "../curriculum/types.ts";
import type { Observed } from "../engine/observed.ts";
import { secretsOf, valuesOf } from "../engine/observed-values.ts";
import { MASK } from "../plan/commands.ts";
import type { PlannedStep } from "../plan/planned-steps.ts";
import { doScript } from "../plan/script.ts";
import { runLocal } from "../transport/local.ts";
import { SshPool } from "../transport/ssh.ts";

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
  config: StackConfig,
  observed: Observed,
  planned: PlannedStep,
  { onOutput, signal }: RedoOptions,
): Promise<number> {
  const out = masked(observed, onOutput);
  const command = {
    command: doScript(planned, valuesOf(config, observed, planned.node)),
    onStdout: out,
    onStderr: out,
    signal,
  };
  if (planned.node === THIS_MACHINE) return (await runLocal(command)).code;
  const node = observed.nodes.find(({ name }) => name === planned.node);
  if (node === undefined) throw new Error(`no node ${planned.node}`);
  const pool = new SshPool();
  try {
    return (await pool.exec(node.connection, { ...command, root: true, idempotent: true })).code;
  } finally {
    pool.close();
  }
}

/** Steps print what they do, not what they know; should one do it all the same, it is not shown. */
function masked(observed: Observed, onOutput: (text: string) => void): (text: string) => void {
  const all = secretsOf(observed);
  return (text) => onOutput(all.reduce((shown, secret) => shown.replaceAll(secret, MASK), text));
}
