import { setTimeout as sleep } from "node:timers/promises";
import type { RunEvent } from "../../src/run/events.ts";
import { verify } from "../disturb/verify.ts";
import { type LabRun, runLab, say } from "../measure/lab.ts";

/** How one service was undone and built again. */
export interface Undone {
  /** Steps that were undone. */
  readonly steps: number;
  /** Seconds of `lab reset --undo`. */
  readonly undo: number;
  /** Seconds of the `lab up` after it; absent where the undo failed. */
  readonly up?: number;
  /** Seconds from its end until `lab verify` was clean; absent where it never was. */
  readonly clean?: number;
  /** What failed: a step, or checks `<node> <check>` of what was left meanwhile or of the whole lab afterwards. */
  readonly failed: readonly string[];
}

/** Whether the lab was clean in the end, and nothing failed on the way. */
export const succeeded = ({ clean, failed }: Undone): boolean => clean !== undefined && failed.length === 0;

/** Milliseconds that checks get to become ok. */
const LIMIT = 180_000;

/** Undoes a service of a lab that is clean, and builds the lab again. */
export async function undone(stack: string, service: string): Promise<Undone> {
  say(`${service}: undo`);
  const reset = await runLab<RunEvent>(stack, ["reset", service, "--undo", "--yes"]);
  const steps = reset.lines.filter((line) => line.type === "done" && line.changed).length;
  const figures = { steps, undo: reset.seconds };
  if (reset.code !== 0) return { ...figures, failed: failedSteps(reset) };
  const meanwhile = await untilClean(stack);
  const up = await runLab<RunEvent>(stack, ["up"]);
  const built = { ...figures, up: up.seconds };
  if (up.code !== 0) return { ...built, failed: failedSteps(up) };
  const after = await untilClean(stack);
  const failed = [...meanwhile.failed, ...after.failed];
  say(
    `${service}: undo ${reset.seconds.toFixed(1)} s, up ${up.seconds.toFixed(1)} s, ${failed.join(", ") || "clean"}`,
  );
  return { ...built, ...(after.seconds === undefined ? {} : { clean: after.seconds }), failed };
}

/** Repeats `lab verify` until it is clean. A stack of which nothing is done has no checks. */
async function untilClean(
  stack: string,
): Promise<{ seconds: number | undefined; failed: readonly string[] }> {
  const began = performance.now();
  for (;;) {
    const { failed } = await verify(stack);
    const took = performance.now() - began;
    if (failed.length === 0) return { seconds: took / 1000, failed };
    if (took > LIMIT) return { seconds: undefined, failed };
    await sleep(1_000);
  }
}

const failedSteps = ({ lines, code }: LabRun<RunEvent>): string[] => {
  const names = lines.flatMap((line) => (line.type === "failed" ? [line.name] : []));
  return names.length > 0 ? names : [`exit code ${code}`];
};
