import { execFile, spawn } from "node:child_process";
import { UserError } from "../config/errors.ts";
import type { Say } from "./types.ts";

export interface Output {
  /** Exit code; 127 when there is no such program, 124 when it took too long. */
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** Milliseconds. @default 10,000 */
  readonly timeout?: number;
}

/**
 * Runs a program on this machine and returns its output; does not throw for how it ended. Set-up does not use the transport
 * for this: the transport starts a session without a terminal, where sudo could not ask for a password.
 */
export function run(
  command: string,
  args: readonly string[] = [],
  options: RunOptions = {},
): Promise<Output> {
  return new Promise((resolve) => {
    const { env, cwd, timeout = 10_000 } = options;
    const settings = {
      env: { ...process.env, LC_ALL: "C", ...env },
      maxBuffer: 64 * 2 ** 20,
      timeout,
      ...(cwd === undefined ? {} : { cwd }),
    };
    execFile(command, args, settings, (error, stdout, stderr) => {
      if (error === null) resolve({ code: 0, stdout, stderr });
      else if (error.code === "ENOENT") resolve({ code: 127, stdout, stderr: `${command}: not found` });
      else if (error.killed === true)
        resolve({ code: 124, stdout, stderr: `${command}: no answer in ${timeout} ms` });
      else resolve({ code: typeof error.code === "number" ? error.code : 1, stdout, stderr });
    });
  });
}

export interface WorkOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** What is being done, for the progress every 5 seconds and for the error. */
  readonly doing: string;
  readonly say: Say;
}

/** Lines of a failed program's output that are shown. */
const LAST_LINES = 15;

/**
 * Runs a program that takes long, and prints every 5 seconds that it still runs.
 * @throws UserError with the last lines of its output when it fails
 */
export function work(command: string, args: readonly string[], options: WorkOptions): Promise<string> {
  return new Promise((resolve, reject) => {
    const began = Date.now();
    const chunks: string[] = [];
    const pulse = setInterval(() => {
      options.say(`  … ${options.doing} (${Math.round((Date.now() - began) / 1000)} s)`);
    }, 5_000);
    const child = spawn(command, args, {
      env: { ...process.env, ...options.env },
      stdio: ["ignore", "pipe", "pipe"],
      ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    });
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text: string) => chunks.push(text));
    }
    const fail = (how: string): void => {
      const last = chunks.join("").trimEnd().split("\n").slice(-LAST_LINES).join("\n");
      reject(new UserError(`${options.doing}: \`${[command, ...args].join(" ")}\` ${how}\n${last}`, 1));
    };
    child.on("error", (error) => {
      clearInterval(pulse);
      fail(`could not be started: ${error.message}`);
    });
    child.on("close", (code, signal) => {
      clearInterval(pulse);
      if (code === 0) resolve(chunks.join(""));
      else fail(code === null ? `was ended by ${signal}` : `failed with exit code ${code}`);
    });
  });
}

/** The command line that runs a program as root: unchanged for root, else through sudo. */
export function asRoot(command: string, args: readonly string[]): [string, string[]] {
  return process.getuid?.() === 0 ? [command, [...args]] : ["sudo", [command, ...args]];
}

/** `work` as root. */
export function workAsRoot(command: string, args: readonly string[], options: WorkOptions): Promise<string> {
  const [program, rest] = asRoot(command, args);
  return work(program, rest, options);
}
