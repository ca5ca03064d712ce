import { setTimeout as sleep } from "node:timers/promises";
import type { LabEvent } from "../../src/run/events.ts";
import { look } from "../disturb/look.ts";
import { lab, say } from "../measure/lab.ts";
import type { Built, GoneOn, Round } from "./figures.ts";

/** Milliseconds after which nobody waits any more. */
const LIMIT = 300_000;

/** Builds a lab from nothing. */
export async function build(stack: string): Promise<Built> {
  await lab(stack, "down", "--yes");
  const { seconds, lines } = await lab<LabEvent>(stack, "up");
  return { up: seconds, kept: keptIn(lines) };
}

/** What was kept at once is told at the same moment. */
export function keptIn(lines: readonly LabEvent[]): Built["kept"] {
  const kept = new Map<number, { names: string[]; seconds: number }>();
  for (const line of lines) {
    if (line.type !== "checkpoint") continue;
    const one = kept.get(line.at) ?? { names: [], seconds: line.seconds };
    one.names.push(line.name);
    kept.set(line.at, one);
  }
  return [...kept.values()];
}

/** Names of the checkpoints that can be gone back to. */
export async function known(stack: string): Promise<string[]> {
  const { lines } = await lab<{ name: string }>(stack, "checkpoint", "list");
  return lines.map(({ name }) => name);
}

/** Goes back to a checkpoint. @param goesOn and from there to the end */
export async function round(stack: string, checkpoint: string, goesOn: boolean): Promise<Round> {
  const began = performance.now();
  const { seconds: restore } = await lab(stack, "checkpoint", "restore", checkpoint, "--yes");
  const clean = await untilClean(stack, began);
  say(`${checkpoint}: restore ${restore.toFixed(1)} s, its checks ok after ${clean?.toFixed(1) ?? "never"}`);
  const back = { checkpoint, restore, ...(clean === undefined ? {} : { clean }) };
  return goesOn ? { ...back, on: await toTheEnd(stack) } : back;
}

async function toTheEnd(stack: string): Promise<GoneOn> {
  const { seconds: up } = await lab(stack, "up");
  const whole = await untilClean(stack, performance.now());
  return { up, ...(whole === undefined ? {} : { whole }) };
}

/** Seconds since a moment when the first look was clean. */
export async function untilClean(stack: string, since: number): Promise<number | undefined> {
  for (;;) {
    const { clean } = await look(stack);
    const now = performance.now();
    if (clean) return (now - since) / 1000;
    if (now - since > LIMIT) return undefined;
    await sleep(1_000);
  }
}
