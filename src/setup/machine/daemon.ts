import { spawn } from "node:child_process";
import { mkdirSync, openSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { connect } from "node:net";
import { dirname } from "node:path";
import { asRoot } from "../exec.ts";

/** Whether systemd runs this machine. Its tools can be installed without that. */
export async function hasSystemd(): Promise<boolean> {
  return (await readFile("/proc/1/comm", "utf8").catch(() => "")).trim() === "systemd";
}

/** Whether something listens there, even where this user has no access. Takes at most a second. */
export function listens(target: { port: number } | { path: string }): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect("port" in target ? { ...target, host: "127.0.0.1" } : target);
    const answer = (yes: boolean): void => {
      socket.destroy();
      resolve(yes);
    };
    socket.setTimeout(1_000, () => answer(false));
    socket
      .on("connect", () => answer(true))
      .on("error", (error: NodeJS.ErrnoException) => answer(error.code === "EACCES"));
  });
}

/** Starts a program that keeps running after this one ends. Its output goes to a log file. */
export function startDetached(command: string, args: readonly string[], log: string, root = false): void {
  mkdirSync(dirname(log), { recursive: true });
  const output = openSync(log, "a");
  const [program, rest] = root ? asRoot(command, args) : [command, [...args]];
  spawn(program, rest, { cwd: "/", detached: true, stdio: ["ignore", output, output] }).unref();
}

/** Waits until a check holds. @param limit milliseconds. @returns false when it did not hold in time */
export async function until(check: () => Promise<boolean>, limit: number): Promise<boolean> {
  const end = Date.now() + limit;
  while (Date.now() < end) {
    if (await check()) return true;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return check();
}
