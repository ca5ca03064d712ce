import { spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { UserError } from "../../src/config/errors.ts";
import { ROOT } from "../../src/config/paths.ts";

/** One run of `lab`. */
export interface LabRun<Line> {
  /** Exit code; null where a signal ended it. */
  readonly code: number | null;
  /** The whole command, its start included. */
  readonly seconds: number;
  /** What it told, line by line. */
  readonly lines: readonly Line[];
}

/** Longer than anything `lab` does: what takes longer hangs, and a hang is to be seen, not waited for. */
const LIMIT_MS = 3_600_000;

/** What is being done, with the time, on standard error. */
export function say(text: string): void {
  process.stderr.write(`${new Date().toTimeString().slice(0, 8)} ${text}\n`);
}

/**
 * Runs `lab <args> --stack <stack> --json` to its end, whatever its exit code.
 * @param onLine called with each line as it comes
 */
export function runLab<Line>(
  stack: string,
  args: readonly string[],
  onLine: (line: Line) => void = () => {},
): Promise<LabRun<Line>> {
  const began = performance.now();
  const child = spawn(join(ROOT, "scripts/lab"), [...args, "--stack", stack, "--json"], {
    cwd: ROOT,
    stdio: ["ignore", "pipe", "inherit"],
    timeout: LIMIT_MS,
  });
  const lines: Line[] = [];
  createInterface({ input: child.stdout }).on("line", (text) => {
    if (!text.startsWith("{")) return;
    const line = JSON.parse(text) as Line;
    lines.push(line);
    onLine(line);
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, seconds: (performance.now() - began) / 1000, lines }));
  });
}

/**
 * The same where only success is of use.
 * @throws UserError when it fails: figures of a failed run are worth nothing
 */
export async function lab<Line>(stack: string, ...args: string[]): Promise<LabRun<Line>> {
  say(`lab ${args.join(" ")} --stack ${stack}`);
  const run = await runLab<Line>(stack, args);
  if (run.code === 0) return run;
  throw new UserError(
    `lab ${args.join(" ")} --stack ${stack} ended with ${run.code}, expected 0. What was measured before is kept: see what ` +
      "it says above, mend it, and run this again to go on.",
    1,
  );
}
