import { readdirSync, readFileSync } from "node:fs";

/** Kills the engine's processes that work on a stack, with `kill -9`. @returns their number */
export function killEngine(stack: string): number {
  const pids = readdirSync("/proc").filter(
    (name) => /^\d+$/.test(name) && isEngine(commandLine(name), stack),
  );
  return pids.filter((pid) => {
    try {
      return process.kill(Number(pid), "SIGKILL");
    } catch {
      // It has ended.
      return false;
    }
  }).length;
}

/** Whether a command line is that of the engine and names this stack. */
export const isEngine = ([program = "", ...args]: readonly string[], stack: string): boolean =>
  program.endsWith("/pulumi") && args.includes(stack);

function commandLine(pid: string): string[] {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0");
  } catch {
    // It has ended.
    return [];
  }
}
