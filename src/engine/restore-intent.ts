import { hostname } from "node:os";
import { join } from "node:path";
import { UserError } from "../config/errors.ts";
import { isAlive } from "./lock.ts";
import { readJson, removePath, stackFolder, writeJson } from "./stack-files.ts";

/** The record of a restore that has begun. While it exists, nodes and state do not match: an interrupted restore is finished first. */
export interface Intent {
  /** Name of the checkpoint. */
  readonly name: string;
  readonly id: string;
  readonly pid: number;
  readonly hostname: string;
  readonly since: string;
}

/** What a record of work on checkpoints means: there is none, a process works on it, or that process is gone. */
export function intentStatus(
  intent: Pick<Intent, "pid" | "hostname"> | undefined,
  here: { readonly pid: number; readonly hostname: string },
  alive: (pid: number) => boolean,
): "none" | "held" | "interrupted" {
  if (intent === undefined) return "none";
  if (intent.hostname !== here.hostname) return "held";
  return intent.pid !== here.pid && alive(intent.pid) ? "held" : "interrupted";
}

const intentFile = (stack: string): string => join(stackFolder(stack), "restoring.json");

export const recordIntent = (stack: string, name: string, id: string): Promise<void> =>
  writeJson(intentFile(stack), {
    name,
    id,
    pid: process.pid,
    hostname: hostname(),
    since: new Date().toISOString(),
  } satisfies Intent);

export const forgetIntent = (stack: string): Promise<void> => removePath(intentFile(stack));

/**
 * A restore that was interrupted.
 * @throws UserError when a process works on it
 */
export async function interruptedRestore(stack: string): Promise<Intent | undefined> {
  const intent = await readJson<Intent>(intentFile(stack));
  const verdict = intentStatus(intent, { pid: process.pid, hostname: hostname() }, isAlive);
  if (verdict === "held" && intent !== undefined) {
    throw new UserError(
      `Stack ${stack} is being put back to checkpoint ${intent.name} by process ${intent.pid} on ${intent.hostname}, since ` +
        `${intent.since}. Wait for it to end, or end it, then run the command again.`,
      1,
    );
  }
  return verdict === "interrupted" ? intent : undefined;
}

/** @throws UserError when a restore goes on or was interrupted: the state does not match the nodes */
export async function refuseInterruptedRestore(stack: string): Promise<void> {
  const intent = await interruptedRestore(stack);
  if (intent === undefined) return;
  throw new UserError(
    `Stack ${stack} was being put back to checkpoint ${intent.name} when that was interrupted: nodes and state do not match. ` +
      `Expected a complete restore: \`lab checkpoint restore ${intent.name}\` finishes it, as does \`lab up\`.`,
    1,
  );
}
