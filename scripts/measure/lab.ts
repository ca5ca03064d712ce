import { spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { UserError } from "../../src/config/errors.ts";
import { ROOT } from "../../src/config/paths.ts";

/** One run of `lab`. */
export interface LabRun<Line> {
  /** Exit code; null where a signal ended it. */
  readonly code: number | null;
  /** Of the whole command, with its start. */
  readonly seconds: number;
  /** The JSON lines that it printed. */
  readonly lines: readonly Line[];
}

/** Longer than any command of `lab` takes: a command that hangs is ended. */
const LIMIT_MS = 3_600_000;

/** Prints progress with the time of day to standard error. */
export function say(text: string): void {
  process.stderr.write(`${new Date().toTimeString().slice(0, 8)} ${text}\n`);
}

/**
 * Runs `lab <args> --stack <stack> --json` to its end, whatever its exit code.
 * @param onLine called with each line
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
 * The same, for a command that has to succeed.
 * @throws UserError when it fails
 */
export async function lab<Line>(stack: string, ...args: string[]): Promise<LabRun<Line>> {
  say(`lab ${args.join(" ")} --stack ${stack}`);
  const run = await runLab<Line>(stack, args);
  if (run.code === 0) return run;
  throw new UserError(
    `lab ${args.join(" ")} --stack ${stack} ended with ${run.code}, expected 0. Figures are kept: see the ` +
      "error above, fix it, and run this again to continue.",
    1,
  );
}
