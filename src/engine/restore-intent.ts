import { hostname } from "node:os";
import { join } from "node:path";
import { UserError } from "../config/errors.ts";
import { isAlive } from "./lock.ts";
import { readJson, removePath, stackFolder, writeJson } from "./stack-files.ts";

/**
 * A restore that has begun. While it is noted, nodes and state do not belong together: whoever finds it and nobody at work finishes it
 * before anything else.
 */
export interface Intent {
  /** Of the checkpoint. */
  readonly name: string;
  readonly id: string;
  readonly pid: number;
  readonly hostname: string;
  readonly since: string;
}

/** What a note of work on checkpoints means: there is none, somebody is at it, or whoever was is gone. */
export function judgeIntent(
  intent: Pick<Intent, "pid" | "hostname"> | undefined,
  here: { readonly pid: number; readonly hostname: string },
  alive: (pid: number) => boolean,
): "none" | "held" | "cut off" {
  if (intent === undefined) return "none";
  if (intent.hostname !== here.hostname) return "held";
  return intent.pid !== here.pid && alive(intent.pid) ? "held" : "cut off";
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
 * A restore that was cut off.
 * @throws UserError where somebody is at it
 */
export async function interruptedRestore(stack: string): Promise<Intent | undefined> {
  const intent = await readJson<Intent>(intentFile(stack));
  const verdict = judgeIntent(intent, { pid: process.pid, hostname: hostname() }, isAlive);
  if (verdict === "held" && intent !== undefined) {
    throw new UserError(
      `Stack ${stack} is being put back to checkpoint ${intent.name} by process ${intent.pid} on ${intent.hostname}, since ` +
        `${intent.since}. Wait for it to end, or end it, then run the command again.`,
      1,
    );
  }
  return verdict === "cut off" ? intent : undefined;
}

/** @throws UserError where a restore is under way or was cut off: the state does not tell of the nodes */
export async function refuseInterruptedRestore(stack: string): Promise<void> {
  const intent = await interruptedRestore(stack);
  if (intent === undefined) return;
  throw new UserError(
    `Stack ${stack} was being put back to checkpoint ${intent.name} when that was cut off: nodes and state do not belong together. ` +
      `Expected a restore that came to its end: \`lab checkpoint restore ${intent.name}\` finishes it, as does \`lab up\`.`,
    1,
  );
}
