import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { UserError } from "../config/errors.ts";
import { readJson, removePath, stackFolder, writeJson } from "../engine/stack-files.ts";
import type { Deployment } from "./deployment.ts";

/** How much of something is done. */
interface Count {
  readonly done: number;
  readonly total: number;
}

/** What a checkpoint's own file says of it. */
export interface CheckpointRecord {
  readonly name: string;
  /** Names its snapshots and the files beside it. Each checkpoint has its own, also one that replaces another of its name. */
  readonly id: string;
  /** ISO 8601. */
  readonly at: string;
  /** Taken by `up`, not by a person. */
  readonly automatic: boolean;
  readonly kind: string;
  readonly lab: string;
  /** Names of the nodes that existed. */
  readonly nodes: readonly string[];
  readonly services: Count;
  readonly steps: Count;
  /** Names of the planned steps that were done. */
  readonly done: readonly string[];
  /** Names of the steps that were being done: something of them may be on the nodes. */
  readonly underway: readonly string[];
}

/** The folder of a stack's checkpoints: a record of each, its state, and its copy of the SSH folder of this machine. */
export const checkpointFolder = (stack: string): string => join(stackFolder(stack), "checkpoints");

/** A step's name has a slash, which a file's name cannot have. */
const recordFile = (stack: string, name: string): string =>
  join(checkpointFolder(stack), `${name.replaceAll("/", ":")}.json`);

const stateFile = (stack: string, id: string): string =>
  join(checkpointFolder(stack), "states", `${id}.json`);

/** A checkpoint's copy of the folder with which this machine logs in to servers. */
export const sshCopy = (stack: string, id: string): string => join(checkpointFolder(stack), "ssh", id);

/** Oldest first. */
export async function records(stack: string): Promise<CheckpointRecord[]> {
  const names = await readdir(checkpointFolder(stack)).catch(() => []);
  const files = names.filter((name) => name.endsWith(".json"));
  const found = await Promise.all(
    files.map((name) => readJson<CheckpointRecord>(join(checkpointFolder(stack), name))),
  );
  return found.flatMap((one) => one ?? []).sort((a, b) => a.at.localeCompare(b.at));
}

export const readRecord = (stack: string, name: string): Promise<CheckpointRecord | undefined> =>
  readJson<CheckpointRecord>(recordFile(stack, name));

/** Records a checkpoint whose snapshots exist. It replaces an earlier one of its name. */
export async function writeRecord(
  stack: string,
  record: CheckpointRecord,
  deployment: Deployment,
): Promise<void> {
  await writeJson(stateFile(stack, record.id), { version: 3, deployment });
  await writeJson(recordFile(stack, record.name), record);
}

/** The file from which the engine imports the state of a checkpoint. */
export const stateOf = (stack: string, { id }: CheckpointRecord): string => stateFile(stack, id);

/** Removes the record first: files without a record are orphans, and are removed as such. */
export async function forgetRecord(stack: string, { name, id }: CheckpointRecord): Promise<void> {
  await removePath(recordFile(stack, name));
  await forgetFiles(stack, id);
}

/** Removes the files beside a record. */
export async function forgetFiles(stack: string, id: string): Promise<void> {
  await removePath(stateFile(stack, id));
  await removePath(sshCopy(stack, id));
}

/** @throws UserError (exit code 2) for a name that is not allowed */
export function checkCheckpointName(name: string): void {
  if (/^[a-z0-9][a-z0-9_-]*(\/[a-z0-9][a-z0-9_-]*)?$/.test(name) && name.length <= 80) return;
  throw new UserError(
    `checkpoint: found ${JSON.stringify(name)}, expected a name of small letters, digits, hyphens and underscores, at most 80`,
  );
}

/** A new id: allowed as a name by Incus and by file systems, and never used twice. */
export function newId(name: string, at: Date): string {
  return `${name.replaceAll("/", ".")}.${at.toISOString().replace(/\D/g, "")}`;
}

/** Removes all records of a stack that was removed: its snapshots went with its nodes. */
export async function forgetCheckpoints(stack: string): Promise<void> {
  await removePath(checkpointFolder(stack));
}
