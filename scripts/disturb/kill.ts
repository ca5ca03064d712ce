import { NOTHING_YET, reduce } from "../../src/cli/views/state.ts";
import { runLab, say } from "../measure/lab.ts";
import type { UpLine } from "../measure/up.ts";
import { killEngine } from "./engine.ts";

/** One `up` in which the engine is killed. */
export interface KilledRun {
  /** `done`: it ended before the moment. `failed`: it failed by itself, which must not happen. */
  readonly ended: "killed" | "done" | "failed";
  /** Seconds from its first step to the kill; absent where it was not killed. */
  readonly after?: number;
  /** The steps that ran when it was killed, or that failed by themselves. */
  readonly names: readonly string[];
}

/** Runs `up` and kills its engine. @param after seconds from the first step */
export async function killedUp(stack: string, after: number): Promise<KilledRun> {
  let state = NOTHING_YET;
  let timer: NodeJS.Timeout | undefined;
  let running: string[] | undefined;
  const failed: string[] = [];
  const { code } = await runLab<UpLine>(stack, ["up"], (line) => {
    if (line.type === "summary" || line.type === "heartbeat") return;
    state = reduce(state, line);
    if (line.type === "failed") failed.push(line.name);
    if (line.type !== "started") return;
    timer ??= setTimeout(() => {
      const names = state.running.map(({ name }) => name);
      if (killEngine(stack) === 0) return;
      running = names;
      say(`killed the engine ${after} s after it began, while ${names.join(", ")} ran`);
    }, after * 1000);
  });
  clearTimeout(timer);
  if (running !== undefined) return { ended: "killed", after, names: running };
  return code === 0 ? { ended: "done", names: [] } : { ended: "failed", names: failed };
}
