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

/** What is known of a checkpoint without looking at its snapshots. */
export interface CheckpointRecord {
  readonly name: string;
  /** Of its snapshots and of the files beside it: another one each time that the same name is taken. */
  readonly id: string;
  /** ISO 8601. */
  readonly at: string;
  /** Taken by `up`, not by a person. */
  readonly automatic: boolean;
  readonly kind: string;
  readonly lab: string;
  /** Names of the nodes that stood. */
  readonly nodes: readonly string[];
  readonly services: Count;
  readonly steps: Count;
  /** Names of the planned steps that were done. */
  readonly done: readonly string[];
  /** Names of those that were being done: something of them may be on the nodes. */
  readonly underway: readonly string[];
}

/** The folder of a stack's checkpoints: of each a record, its state, and what is kept of this machine. */
export const checkpointFolder = (stack: string): string => join(stackFolder(stack), "checkpoints");

/** Names of steps hold a slash, which the name of a file cannot. */
const recordFile = (stack: string, name: string): string =>
  join(checkpointFolder(stack), `${name.replaceAll("/", ":")}.json`);

const stateFile = (stack: string, id: string): string =>
  join(checkpointFolder(stack), "states", `${id}.json`);

/** A copy of the folder with which servers are logged in to, from here. */
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

/** Notes a checkpoint whose snapshots are there: from now on it can be gone back to, in place of an earlier one of its name. */
export async function writeRecord(
  stack: string,
  record: CheckpointRecord,
  deployment: Deployment,
): Promise<void> {
  await writeJson(stateFile(stack, record.id), { version: 3, deployment });
  await writeJson(recordFile(stack, record.name), record);
}

/** The file that the engine can take the state of a checkpoint from. */
export const stateOf = (stack: string, { id }: CheckpointRecord): string => stateFile(stack, id);

/** The record goes first: what is left without one is nobody's. */
export async function forgetRecord(stack: string, { name, id }: CheckpointRecord): Promise<void> {
  await removePath(recordFile(stack, name));
  await forgetFiles(stack, id);
}

/** What lies beside a record. */
export async function forgetFiles(stack: string, id: string): Promise<void> {
  await removePath(stateFile(stack, id));
  await removePath(sshCopy(stack, id));
}

/** @throws UserError (exit code 2) for a name that a checkpoint cannot have */
export function checkCheckpointName(name: string): void {
  if (/^[a-z0-9][a-z0-9_-]*(\/[a-z0-9][a-z0-9_-]*)?$/.test(name) && name.length <= 80) return;
  throw new UserError(
    `checkpoint: found ${JSON.stringify(name)}, expected a name of small letters, digits, hyphens and underscores, at most 80`,
  );
}

/** Names the snapshots of a checkpoint: as Incus and a file system take it, and never the same twice. */
export function newId(name: string, at: Date): string {
  return `${name.replaceAll("/", ".")}.${at.toISOString().replace(/\D/g, "")}`;
}

/** Forgets all of a stack that is gone: its checkpoints went with its nodes; so did what it was meant to be. */
export async function forgetCheckpoints(stack: string): Promise<void> {
  await removePath(checkpointFolder(stack));
}
