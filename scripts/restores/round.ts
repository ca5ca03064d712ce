import { setTimeout as sleep } from "node:timers/promises";
import type { RunEvent } from "../../src/run/events.ts";
import { verify } from "../disturb/verify.ts";
import { lab, say } from "../measure/lab.ts";
import type { Built, BuiltOn, Round } from "./figures.ts";

/** Milliseconds after which the wait ends. */
const LIMIT = 300_000;

/** Takes a lab down and builds it. */
export async function build(stack: string): Promise<Built> {
  await lab(stack, "down", "--yes");
  const { seconds, lines } = await lab<RunEvent>(stack, "up");
  return { up: seconds, kept: keptIn(lines) };
}

/** Checkpoints that were taken together: their events have the same time. */
export function keptIn(lines: readonly RunEvent[]): Built["kept"] {
  const kept = new Map<number, { names: string[]; seconds: number }>();
  for (const line of lines) {
    if (line.type !== "checkpoint") continue;
    const one = kept.get(line.at) ?? { names: [], seconds: line.seconds };
    one.names.push(line.name);
    kept.set(line.at, one);
  }
  return [...kept.values()];
}

/** Names of the checkpoints that there are. */
export async function known(stack: string): Promise<string[]> {
  const { lines } = await lab<{ name: string }>(stack, "checkpoint", "list");
  return lines.map(({ name }) => name);
}

/** Restores a checkpoint. @param toEnd whether to build the lab to its end afterwards */
export async function round(stack: string, checkpoint: string, toEnd: boolean): Promise<Round> {
  const began = performance.now();
  const { seconds: restore } = await lab(stack, "checkpoint", "restore", checkpoint, "--yes");
  const clean = await untilClean(stack, began);
  say(`${checkpoint}: restore ${restore.toFixed(1)} s, its checks ok after ${clean?.toFixed(1) ?? "never"}`);
  const back = { checkpoint, restore, ...(clean === undefined ? {} : { clean }) };
  return toEnd ? { ...back, on: await buildToEnd(stack) } : back;
}

async function buildToEnd(stack: string): Promise<BuiltOn> {
  const { seconds: up } = await lab(stack, "up");
  const whole = await untilClean(stack, performance.now());
  return { up, ...(whole === undefined ? {} : { whole }) };
}

/** Seconds from a moment until a `lab verify` was clean; undefined where none was in time. */
export async function untilClean(stack: string, since: number): Promise<number | undefined> {
  for (;;) {
    const { clean } = await verify(stack);
    const now = performance.now();
    if (clean) return (now - since) / 1000;
    if (now - since > LIMIT) return undefined;
    await sleep(1_000);
  }
}
