import { cp, stat } from "node:fs/promises";
import { UserError } from "../config/errors.ts";
import { type ObservedNode, observed } from "../engine/observed.ts";
import { openStack } from "../engine/open-stack.ts";
import { claim } from "../engine/ownership.ts";
import { isLocked, pulumi } from "../engine/pulumi.ts";
import { forgetIntent, interruptedRestore, recordIntent } from "../engine/restore-intent.ts";
import { removePath } from "../engine/stack-files.ts";
import { readResources } from "../engine/state.ts";
import { writeTarget } from "../engine/target.ts";
import { checkpointsOf } from "../hardware/lookup.ts";
import { sshFolder } from "../plan/this-machine.ts";
import { LIMITS } from "../transport/limits.ts";
import { Runner } from "../transport/runner.ts";
import { forgetUnrestorable, missingSnapshots } from "./missing-snapshots.ts";
import { type CheckpointRecord, readRecord, sshCopy, stateOf } from "./record.ts";

/**
 * Restores a checkpoint: the nodes, the state, and the SSH folder of this machine. A file records that it began: wherever it is
 * interrupted, the same command finishes it.
 * @param tell gets what is being done
 * @throws UserError where another process works on the stack, and where snapshots are missing
 */
export async function restore(
  stack: string,
  record: CheckpointRecord,
  tell: (text: string) => void,
): Promise<void> {
  const hardware = checkpointsOf(record.kind);
  if (hardware === undefined)
    throw new Error(`checkpoint ${record.name}: none on hardware of kind ${record.kind}`);
  // Refuses while another restore goes on. A restore that was interrupted no longer matters.
  await interruptedRestore(stack);
  const [locked, missing] = await Promise.all([isLocked(stack), missingSnapshots(stack, record, hardware)]);
  if (missing.length > 0) {
    throw new UserError(
      `checkpoint ${record.name}: found no snapshot of ${missing.join(", ")}, which was replaced since; expected one of each node. ` +
        "Restore another checkpoint: `lab checkpoint list` shows them.",
      1,
    );
  }
  // Removes the lock of an engine that was killed.
  if (locked) await openStack(stack);
  await claim({ name: stack }, (await readResources(stack)) ?? []);
  await recordIntent(stack, record.name, record.id);
  tell(`Restoring ${record.name}: ${record.nodes.join(", ")} and the state.`);
  const outcomes = await Promise.allSettled([
    hardware.restore(stack, record.nodes, record.id),
    importState(stack, record),
    restoreSshFolder(stack, record),
  ]);
  for (const outcome of outcomes) if (outcome.status === "rejected") throw outcome.reason;
  await writeTarget(stack, { why: "checkpoint", name: record.name, lab: record.lab });
  tell("Waiting until the nodes answer.");
  const state = observed((await readResources(stack)) ?? []);
  await waitForNodes(state.nodes);
  await forgetIntent(stack);
  await forgetUnrestorable(stack, hardware);
}

/**
 * Finishes a restore that was interrupted.
 * @returns whether there was one
 */
export async function finishRestore(stack: string, tell: (text: string) => void): Promise<boolean> {
  const intent = await interruptedRestore(stack);
  if (intent === undefined) return false;
  const record = await readRecord(stack, intent.name);
  if (record?.id !== intent.id) {
    throw new UserError(
      `A restore of ${stack} to checkpoint ${intent.name} was interrupted, and this checkpoint does not exist any more. ` +
        "Expected its snapshots: restore another checkpoint (`lab checkpoint list`), or remove the stack (`lab down`).",
      1,
    );
  }
  tell(`A restore of ${intent.name} was interrupted: finishing it.`);
  await restore(stack, record, tell);
  return true;
}

async function importState(stack: string, record: CheckpointRecord): Promise<void> {
  const { code, stderr } = await pulumi([
    "stack",
    "import",
    "--stack",
    stack,
    "--file",
    stateOf(stack, record),
  ]);
  if (code === 0) return;
  throw new UserError(
    `The state of checkpoint ${record.name} cannot be imported: ${stderr.trim()}. Expected that the engine imports it; ` +
      `run \`lab checkpoint restore ${record.name}\` again, or restore another checkpoint.`,
    1,
  );
}

async function restoreSshFolder(stack: string, { id }: CheckpointRecord): Promise<void> {
  await removePath(sshFolder(stack));
  const kept = await stat(sshCopy(stack, id)).catch(() => undefined);
  if (kept !== undefined) await cp(sshCopy(stack, id), sshFolder(stack), { recursive: true });
}

/** @throws UserError naming the nodes that do not answer in time */
async function waitForNodes(nodes: readonly ObservedNode[]): Promise<void> {
  const runner = new Runner();
  try {
    const reasons = await Promise.all(nodes.map((node) => runner.unreachable(node, "boot")));
    const silent = nodes.filter((_, index) => reasons[index] !== undefined).map(({ name }) => name);
    if (silent.length === 0) return;
    throw new UserError(
      `${silent.join(", ")}: found no answer over SSH within ${LIMITS.boot.seconds} s after the restore, expected one. ` +
        "Look at them (`incus list`), then run the command again.",
      1,
    );
  } finally {
    runner.close();
  }
}
