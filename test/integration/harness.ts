import { type ChildProcess, spawn } from "node:child_process";
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { expect } from "vitest";
import { ROOT } from "../../src/config/paths.ts";
import type { StackConfig } from "../../src/config/schema.ts";
import { parseStackConfig } from "../../src/hardware/stack-config.ts";

/** Whether all is tried, as by `scripts/test all`: every break and drift, nodes on a cloud. A plain run takes a part of each. */
export const WHOLE = process.env.TESTS === "all";

/** The stack that the integration tests share; its file is written by them and taken away at the end. */
export const STACK = process.env.TEST_STACK ?? "test-labs";

const STACK_FILE = join(ROOT, "stacks", `Pulumi.${STACK}.yaml`);

/**
 * Lab001 under a name of its own: a stack that the user has stays untouched.
 * @param more lines of its configuration. @default every default
 */
export function writeStackFile(more = ""): void {
  writeFileSync(STACK_FILE, `config:\n  scratchstack:lab: lab001\n${more}`);
}

/** The configuration of the test stack in a lab, as the program reads it. */
export function testConfig(lab: string): StackConfig {
  return parseStackConfig(STACK, { lab });
}

/** A line of `lab verify --json`. */
interface Line {
  readonly check: string;
  readonly step: string;
  readonly node: string;
  readonly ok: boolean;
  readonly seen: string;
}

/** Every line of `lab verify --json`, or of the checks of some steps and services. */
export async function verifyLines(...only: string[]): Promise<Line[]> {
  const { stdout } = await lab("verify", "--json", ...only);
  return stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Line);
}

/** Fails with what is not as it should be. @param atLeast so many checks must there be */
export async function expectVerified(atLeast: number): Promise<void> {
  const lines = await verifyLines();
  expect(lines.length).toBeGreaterThan(atLeast);
  expect(failuresOf(lines)).toEqual([]);
}

/** One text for each failed check: of objects the report of a failed expectation shows only how many there were. */
const failuresOf = (lines: readonly Line[]): string[] =>
  lines.filter(({ ok }) => !ok).map(({ check, node, seen }) => `${check}@${node}: ${seen.slice(0, 200)}`);

/** Waits until `lab verify` is clean, without another `up`: services come back by themselves. */
export async function expectRecovered(): Promise<void> {
  await expect
    .poll(async () => failuresOf(await verifyLines()), {
      timeout: 480_000,
      interval: 3_000,
    })
    .toEqual([]);
}

/** Cuts the power of nodes, all at once, and starts them again. */
export async function restart(...nodes: string[]): Promise<void> {
  const outcome = await run("incus", ["restart", "--force", ...nodes.map((node) => `${STACK}-${node}`)]);
  expect(outcome.code, outcome.stderr).toBe(0);
}

export function removeStackFile(): void {
  rmSync(STACK_FILE, { force: true });
}

export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program of the checkout to its end, with nothing on its standard input. */
export function run(program: string, args: readonly string[]): Promise<Outcome> {
  const env = { ...process.env, NO_COLOR: "1" };
  return outcome(spawn(program, args, { cwd: ROOT, env, stdio: ["ignore", "pipe", "pipe"] }));
}

/** `lab <command> --stack <test stack> …` to its end. */
export function lab(command: string, ...args: string[]): Promise<Outcome> {
  return run(join(ROOT, "scripts/lab"), [command, "--stack", STACK, ...args]);
}

function outcome(child: ChildProcess): Promise<Outcome> {
  let stdout = "";
  let stderr = "";
  child.stdout?.on("data", (chunk) => {
    stdout += chunk;
  });
  child.stderr?.on("data", (chunk) => {
    stderr += chunk;
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, stdout, stderr }));
  });
}

/** One event of `lab up --json`; only what the tests look at. */
export interface Event {
  readonly type: string;
  readonly name?: string;
  readonly step?: string;
  readonly changed?: boolean;
}

/** `lab up --json`, each event handed over as it comes. @returns exit code and what stderr said */
export async function up(onEvent: (event: Event, child: ChildProcess) => void = () => {}): Promise<Outcome> {
  const child = spawn(join(ROOT, "scripts/lab"), ["up", "--stack", STACK, "--json"], {
    cwd: ROOT,
    stdio: ["ignore", "pipe", "pipe"],
  });
  createInterface({ input: child.stdout }).on("line", (line) => onEvent(JSON.parse(line) as Event, child));
  return outcome(child);
}

/** Ids of the engine's processes that work on the test stack. */
export function enginePids(): number[] {
  return processes()
    .filter(({ args }) => /\/pulumi$/.test(args[0] ?? "") && args.includes(STACK))
    .map(({ pid }) => pid);
}

/** Every process of this machine, with its command line. */
export function processes(): { pid: number; args: string[] }[] {
  return readProc().flatMap((pid) => {
    try {
      return [{ pid, args: readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0") }];
    } catch {
      // It has ended since.
      return [];
    }
  });
}

function readProc(): number[] {
  return readdirSync("/proc")
    .map(Number)
    .filter((pid) => pid > 0);
}
