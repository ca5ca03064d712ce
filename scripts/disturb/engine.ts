import { readdirSync, readFileSync } from "node:fs";

/** Kills the engine's processes that work on a stack, with `kill -9`. @returns how many */
export function killEngine(stack: string): number {
  const pids = readdirSync("/proc").filter(
    (name) => /^\d+$/.test(name) && isEngine(commandLine(name), stack),
  );
  return pids.filter((pid) => {
    try {
      return process.kill(Number(pid), "SIGKILL");
    } catch {
      // It has ended since.
      return false;
    }
  }).length;
}

/** Whether a command line is that of the engine, at work on this stack and no other. */
export const isEngine = ([program = "", ...args]: readonly string[], stack: string): boolean =>
  program.endsWith("/pulumi") && args.includes(stack);

function commandLine(pid: string): string[] {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0");
  } catch {
    // It has ended since.
    return [];
  }
}
