import { stat } from "node:fs/promises";
import { UserError } from "../config/errors.ts";
import { notOneOf, showProblem } from "../config/problems.ts";
import type { ConfiguredStack, StackConfig } from "../config/schema.ts";
import { isLocked } from "../engine/pulumi.ts";
import { refuseInterruptedRestore } from "../engine/restore-intent.ts";
import { checkpointsOf } from "../hardware/lookup.ts";
import type { Checkpoints } from "../hardware/types.ts";
import { plannedSteps } from "../plan/planned-steps.ts";
import { impossible } from "./impossible.ts";
import { missingIn } from "./lost.ts";
import { leavingNone } from "./orphans.ts";
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

/** A checkpoint as people look at it. */
export interface KnownCheckpoint extends CheckpointRecord {
  /** What it takes up: its snapshots, where the hardware counts that, else its copy of the state. */
  readonly bytes: number;
  readonly counted: "snapshots" | "state";
  /** The nodes whose snapshot is not there any more; where there is one, nobody can go back to it. */
  readonly lost: readonly string[];
}

/** @throws UserError where the hardware cannot go back to an earlier moment */
function checkpointing(config: StackConfig): Checkpoints {
  const found = checkpointsOf(config.hardware.kind);
  if (found === undefined) throw impossible(config);
  return found;
}

/** Oldest first. @returns undefined where the hardware cannot go back to an earlier moment */
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
        lost: missingIn(record, stored),
      };
    }),
  );
}

/**
 * Takes a checkpoint of a standing lab.
 * @throws UserError where somebody works on the stack, where there is no node yet, and for a name that cannot be
 */
export async function saveCheckpoint(configured: ConfiguredStack, name: string): Promise<CheckpointRecord> {
  const { name: stack, config } = configured;
  checkCheckpointName(name);
  const hardware = checkpointing(config);
  await refuseInterruptedRestore(stack);
  await isLocked(stack);
  const [record] = await take(configured, plannedSteps(config), hardware, {
    names: [name],
    automatic: false,
    with: [],
  });
  if (record === undefined) throw new UserError(`${stack} has no nodes yet: \`lab up\` makes them.`, 1);
  return record;
}

/** @throws UserError with those there are where there is none of the name */
export async function restoreCheckpoint(
  { name: stack, config }: ConfiguredStack,
  name: string,
  tell: (text: string) => void,
): Promise<void> {
  checkpointing(config);
  await restore(stack, await named(stack, name), tell);
}

/** @throws UserError with those there are where there is none of the name */
export async function deleteCheckpoint(
  { name: stack, config }: ConfiguredStack,
  name: string,
): Promise<void> {
  const hardware = checkpointing(config);
  await refuseInterruptedRestore(stack);
  await isLocked(stack);
  const record = await named(stack, name);
  await leavingNone(stack, hardware, [record.id], () => forgetRecord(stack, record));
}

async function named(stack: string, name: string): Promise<CheckpointRecord> {
  const found = await readRecord(stack, name);
  if (found !== undefined) return found;
  const known = (await records(stack)).map((record) => record.name);
  if (known.length === 0)
    throw new UserError(`${stack} has no checkpoints: \`lab checkpoint save\` takes one.`, 1);
  throw new UserError(showProblem(notOneOf(["checkpoint"], name, known)));
}
