import { stat } from "node:fs/promises";
import { UserError } from "../config/errors.ts";
import { notOneOf, showProblem } from "../config/problems.ts";
import type { ConfiguredStack, StackConfig } from "../config/schema.ts";
import { claim } from "../engine/ownership.ts";
import { isLocked } from "../engine/pulumi.ts";
import { refuseInterruptedRestore } from "../engine/restore-intent.ts";
import { readResources } from "../engine/state.ts";
import { checkpointsOf } from "../hardware/lookup.ts";
import type { Checkpoints } from "../hardware/types.ts";
import { plannedSteps } from "../plan/planned-steps.ts";
import { nodesWithoutSnapshot } from "./missing-snapshots.ts";
import { withoutOrphans } from "./orphans.ts";
import {
  type CheckpointRecord,
  checkCheckpointName,
  forgetRecord,
  readRecord,
  records,
  stateOf,
} from "./record.ts";
import { restore } from "./restore.ts";
import { take } from "./take.ts";
import { checkpointsUnsupported } from "./unsupported.ts";

/** A checkpoint with what `lab checkpoint list` shows of it. */
export interface KnownCheckpoint extends CheckpointRecord {
  /** Size of its snapshots where the hardware counts it, else of its copy of the state. */
  readonly bytes: number;
  readonly counted: "snapshots" | "state";
  /** Nodes without a snapshot any more. With one such node the checkpoint cannot be restored. */
  readonly lost: readonly string[];
}

/** @throws UserError for hardware without checkpoints */
function requireCheckpoints(config: StackConfig): Checkpoints {
  const found = checkpointsOf(config.hardware.kind);
  if (found === undefined) throw checkpointsUnsupported(config);
  return found;
}

/** All checkpoints of a stack, oldest first. @returns undefined for hardware without checkpoints */
export async function checkpoints({
  name: stack,
  config,
}: ConfiguredStack): Promise<KnownCheckpoint[] | undefined> {
  const hardware = checkpointsOf(config.hardware.kind);
  if (hardware === undefined) return undefined;
  const [found, stored] = await Promise.all([records(stack), hardware.stored(stack)]);
  return Promise.all(
    found.map(async (record): Promise<KnownCheckpoint> => {
      const own = stored.filter(({ id }) => id === record.id);
      const state = await stat(stateOf(stack, record)).then(
        ({ size }) => size,
        () => 0,
      );
      const all = own.map(({ bytes }) => bytes);
      const snapshots = all.every((bytes) => bytes !== null) && all.length > 0;
      return {
        ...record,
        bytes: snapshots ? all.reduce<number>((sum, bytes) => sum + (bytes ?? 0), 0) : state,
        counted: snapshots ? "snapshots" : "state",
        lost: nodesWithoutSnapshot(record, stored),
      };
    }),
  );
}

/**
 * Saves a checkpoint of a lab.
 * @throws UserError where another process works on the stack, where no node exists yet, and for a name that is not allowed
 */
export async function saveCheckpoint(configured: ConfiguredStack, name: string): Promise<CheckpointRecord> {
  const { name: stack, config } = configured;
  checkCheckpointName(name);
  const hardware = requireCheckpoints(config);
  await refuseInterruptedRestore(stack);
  await isLocked(stack);
  await claim(configured, (await readResources(stack)) ?? []);
  const [record] = await take(configured, plannedSteps(config), hardware, {
    names: [name],
    automatic: false,
    with: [],
  });
  if (record === undefined) throw new UserError(`${stack} has no nodes yet: \`lab up\` makes them.`, 1);
  return record;
}

/** @throws UserError with the known names where there is no checkpoint of this name */
export async function restoreCheckpoint(
  { name: stack, config }: ConfiguredStack,
  name: string,
  tell: (text: string) => void,
): Promise<void> {
  requireCheckpoints(config);
  await restore(stack, await requireRecord(stack, name), tell);
}

/** @throws UserError with the known names where there is no checkpoint of this name */
export async function deleteCheckpoint(
  { name: stack, config }: ConfiguredStack,
  name: string,
): Promise<void> {
  const hardware = requireCheckpoints(config);
  await refuseInterruptedRestore(stack);
  await isLocked(stack);
  const record = await requireRecord(stack, name);
  await claim({ name: stack, config }, (await readResources(stack)) ?? []);
  await withoutOrphans(stack, hardware, [record.id], () => forgetRecord(stack, record));
}

async function requireRecord(stack: string, name: string): Promise<CheckpointRecord> {
  const found = await readRecord(stack, name);
  if (found !== undefined) return found;
  const known = (await records(stack)).map((record) => record.name);
  if (known.length === 0)
    throw new UserError(`${stack} has no checkpoints: \`lab checkpoint save\` takes one.`, 1);
  throw new UserError(showProblem(notOneOf([`checkpoint in ${stack}`], name, known)));
}
