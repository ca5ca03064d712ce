import { cp, stat } from "node:fs/promises";
import { UserError } from "../config/errors.ts";
import { type ObservedNode, observed } from "../engine/observed.ts";
import { openStack } from "../engine/open-stack.ts";
import { isLocked, pulumi } from "../engine/pulumi.ts";
import { forgetIntent, interruptedRestore, recordIntent } from "../engine/restore-intent.ts";
import { removePath } from "../engine/stack-files.ts";
import { readResources } from "../engine/state.ts";
import { writeTarget } from "../engine/target.ts";
import { checkpointsOf } from "../hardware/lookup.ts";
import { sshFolder } from "../plan/this-machine.ts";
import { LIMITS } from "../transport/limits.ts";
import { Runner } from "../transport/runner.ts";
import { forgetLost, lostNodes } from "./lost.ts";
import { type CheckpointRecord, readRecord, sshCopy, stateOf } from "./record.ts";

/**
 * Puts a stack back to a checkpoint: its nodes, the state, and what is kept of this machine. Whenever it is ended, it is noted that it
 * was begun, and the same again finishes it.
 * @param tell is told what is being done
 * @throws UserError where somebody is at work on the stack, and where the snapshots are not there any more
 */
export async function restore(
  stack: string,
  record: CheckpointRecord,
  tell: (text: string) => void,
): Promise<void> {
  const hardware = checkpointsOf(record.kind);
  if (hardware === undefined)
    throw new Error(`checkpoint ${record.name}: none on hardware of kind ${record.kind}`);
  // Refuses where another restore is under way; one that was cut off is of no more interest.
  await interruptedRestore(stack);
  const [locked, lost] = await Promise.all([isLocked(stack), lostNodes(stack, record, hardware)]);
  if (lost.length > 0) {
    throw new UserError(
      `checkpoint ${record.name}: found no snapshot of ${lost.join(", ")}, which was made anew since; expected one of each node. ` +
        "Go back to another one: `lab checkpoint list` shows them.",
      1,
    );
  }
  // Takes away the lock of an engine that was killed.
  if (locked) await openStack(stack);
  await recordIntent(stack, record.name, record.id);
  tell(`Putting ${record.nodes.join(", ")} and the state back to ${record.name}.`);
  const outcomes = await Promise.allSettled([
    hardware.restore(stack, record.nodes, record.id),
    putStateBack(stack, record),
    putHereBack(stack, record),
  ]);
  for (const outcome of outcomes) if (outcome.status === "rejected") throw outcome.reason;
  await writeTarget(stack, { why: "checkpoint", name: record.name, lab: record.lab });
  tell("Waiting until the nodes answer.");
  const state = observed((await readResources(stack)) ?? []);
  await answering(state.nodes);
  await forgetIntent(stack);
  await forgetLost(stack, hardware);
}

/**
 * Finishes a restore that was cut off, if there is one.
 * @returns whether there was
 */
export async function finishRestore(stack: string, tell: (text: string) => void): Promise<boolean> {
  const intent = await interruptedRestore(stack);
  if (intent === undefined) return false;
  const record = await readRecord(stack, intent.name);
  if (record?.id !== intent.id) {
    throw new UserError(
      `Stack ${stack} was being put back to checkpoint ${intent.name}, which is not there any more. ` +
        "Expected its snapshots: put the stack back to another one (`lab checkpoint list`), or take it down (`lab down`).",
      1,
    );
  }
  tell(`A restore of ${intent.name} was cut off: finishing it.`);
  await restore(stack, record, tell);
  return true;
}

async function putStateBack(stack: string, record: CheckpointRecord): Promise<void> {
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
    `The state of checkpoint ${record.name} cannot be put back: ${stderr.trim()}. Expected that the engine takes it; ` +
      `run \`lab checkpoint restore ${record.name}\` again, or go back to another one.`,
    1,
  );
}

async function putHereBack(stack: string, { id }: CheckpointRecord): Promise<void> {
  await removePath(sshFolder(stack));
  const kept = await stat(sshCopy(stack, id)).catch(() => undefined);
  if (kept !== undefined) await cp(sshCopy(stack, id), sshFolder(stack), { recursive: true });
}

/** @throws UserError naming the nodes that do not answer in time */
async function answering(nodes: readonly ObservedNode[]): Promise<void> {
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
