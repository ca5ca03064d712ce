import { NOTHING_YET, reduce } from "../../src/cli/display/state.ts";
import { runLab, say } from "../measure/lab.ts";
import type { UpLine } from "../measure/up.ts";
import { killEngine } from "./engine.ts";

/** One `up` whose engine was to be killed. */
export interface KilledRun {
  /** `done`: it came to its end before the moment. `failed`: it ended by itself and was not done, which must not happen. */
  readonly ended: "killed" | "done" | "failed";
  /** Seconds after it had begun to do something; absent where it was not killed. */
  readonly after?: number;
  /** What was running when it was killed, or what failed by itself. */
  readonly names: readonly string[];
}

/** Runs `up` and kills its engine so many seconds after it has begun to do something. */
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
