import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { UserError } from "../config/errors.ts";
import { home, ROOT } from "../config/paths.ts";
import { collect } from "./collect.ts";
import { frame } from "./framing.ts";
import type { LocalCommand, Result } from "./types.ts";
import { onAbort } from "./waiting.ts";

/** Where `lab` and its files are, for the course's commands. As variables, these paths are not in a stack's state. */
const OWN = { SCRATCHSTACK_HOME: home(), SCRATCHSTACK_LAB: join(ROOT, "scripts/lab") };

/** Milliseconds between TERM and KILL. */
const KILL_AFTER = 5_000;

/** Process groups of custom interpreters. They do not notice when this process ends, so it ends them. */
const groups = new Set<number>();
process.once("exit", () => {
  for (const group of groups) end(group, "SIGTERM");
});

/**
 * Runs a command on this machine, whatever its exit code. `/bin/sh` reads it on stdin, so that it is in no process list, and it ends with
 * this process, however that ends. A custom interpreter gets it as its last argument, as `@pulumi/command` does.
 * @throws UserError where it cannot be started; the signal's reason when aborted, after the command was ended
 */
export async function runLocal(command: LocalCommand): Promise<Result> {
  const { signal } = command;
  signal?.throwIfAborted();
  if (command.dir !== undefined && !existsSync(command.dir)) {
    throw new UserError(`cannot run a command in ${command.dir}: there is no such folder`, 1);
  }
  const custom =
    command.interpreter !== undefined && command.interpreter.length > 0 ? command.interpreter : undefined;
  const framed = custom ? undefined : frame({ command: command.command, stdin: command.stdin ?? "" }, "here");
  const [program = "", ...args] = custom ? [...custom, command.command] : (framed?.argv ?? []);
  const child = spawn(program, args, {
    cwd: command.dir,
    env: { ...process.env, ...OWN, ...command.environment },
    // A session of its own, so that all its processes can be ended together.
    detached: true,
    stdio: ["pipe", "pipe", "pipe"],
  });
  await started(child, program);
  // A command that does not read its stdin to the end is no error.
  child.stdin.on("error", () => {});
  if (framed) child.stdin.write(framed.payload);
  else child.stdin.end(command.stdin ?? "");
  const outcome = collect({ stdout: child.stdout, stderr: child.stderr, events: child }, command);
  let timer: NodeJS.Timeout | undefined;
  const abort = () => {
    if (framed) return void child.stdin.end();
    end(child.pid, "SIGTERM");
    timer = setTimeout(() => end(child.pid, "SIGKILL"), KILL_AFTER);
  };
  if (custom && child.pid) groups.add(child.pid);
  const off = onAbort(signal, abort);
  const { stdout, stderr, code } = await outcome;
  clearTimeout(timer);
  off();
  if (child.pid) groups.delete(child.pid);
  for (const stream of child.stdio) stream?.destroy();
  signal?.throwIfAborted();
  return { stdout, stderr, code: code ?? 255 };
}

function started(child: ChildProcess, program: string): Promise<void> {
  return new Promise((resolve, reject) => {
    child.once("spawn", resolve);
    child.once("error", (error) => {
      reject(new UserError(`cannot run ${program}: ${error.message}`, 1));
    });
  });
}

function end(group: number | undefined, signal: NodeJS.Signals): void {
  try {
    if (group !== undefined) process.kill(-group, signal);
  } catch {
    // The group has ended.
  }
}
