import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";

/** What a shell text did. */
export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** An empty folder that is gone after the test. */
export function folder(): string {
  const path = mkdtempSync(join(tmpdir(), "scratchstack-actions-"));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

/** Runs shell text as the program does, `set -eu` before it; `bin` goes before the usual commands. */
export function run(text: string, bin = ""): Outcome {
  const done = spawnSync("sh", [], {
    input: `set -eu\n${text}\n`,
    encoding: "utf8",
    env: { ...process.env, PATH: `${bin}:${process.env.PATH}`, LC_ALL: "C.UTF-8" },
  });
  return { code: done.status ?? -1, stdout: done.stdout, stderr: done.stderr };
}

/** The complaint of the shell about a text's syntax; empty where it has none. */
export function syntaxError(text: string): string {
  return spawnSync("sh", ["-n"], { input: text, encoding: "utf8" }).stderr;
}

/** A folder of commands that stand in for a node's own: name → shell text. */
export function standIns(root: string, commands: Readonly<Record<string, string>>): string {
  const bin = join(root, "bin");
  mkdirSync(bin);
  for (const [name, text] of Object.entries(commands)) {
    writeFileSync(join(bin, name), `#!/bin/sh\n${text}\n`);
    chmodSync(join(bin, name), 0o755);
  }
  return bin;
}
