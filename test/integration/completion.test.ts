import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { stripVTControlCharacters } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ROOT } from "../../src/config/paths.ts";
import { run } from "../../src/setup/exec.ts";

const LAB = join(ROOT, "scripts/lab");
const STACK = "lab002-local";
const folder = mkdtempSync(join(tmpdir(), "completion-"));
/** A home without a state: completion must not need one. */
const env = { SCRATCHSTACK_HOME: folder, PULUMI_BACKEND_URL: "file:///nowhere", HOME: folder };

beforeAll(() => {
  const checkpoints = join(folder, "stacks", STACK, "checkpoints");
  mkdirSync(checkpoints, { recursive: true });
  const record = { name: "glance", id: "glance.1", at: "2026-01-01T00:00:00Z" };
  writeFileSync(join(checkpoints, "glance.json"), JSON.stringify(record));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Interactive shells at a terminal, with the command that loads the script. */
const TERMINALS = {
  bash: { start: "bash --norc --noprofile -i", load: `. <(${LAB} completion bash)` },
  zsh: {
    start: "zsh -f -i",
    load: `bindkey -e; autoload -Uz compinit; compinit -u -D; . <(${LAB} completion zsh)`,
  },
} as const;

/** What is typed, and what it becomes when Tab is pressed. */
const LINES = [
  ["lab sta", "lab status"],
  ["lab ssh cont", "lab ssh control"],
  ["lab status --qu", "lab status --quick"],
  ["lab status --stack lab002-lo", "lab status --stack lab002-local"],
  ["lab up --through=keystone/boots", "lab up --through=keystone/bootstrap"],
  ["lab redo nova-compute/start@", "lab redo nova-compute/start@compute"],
  ["lab redo nova-compute/start@com", "lab redo nova-compute/start@compute"],
  ["lab checkpoint restore gl", "lab checkpoint restore glance"],
  ["lab graph --out /etc/hostn", "lab graph --out /etc/hostname"],
] as const;

/** An interactive shell at a terminal. */
class Terminal {
  readonly #child: ChildProcessWithoutNullStreams;
  #output = "";

  constructor(command: string) {
    const environment = { ...process.env, ...env, TERM: "xterm", PS1: "" };
    this.#child = spawn("script", ["-qec", command, "/dev/null"], { env: environment });
    this.#child.stdout.setEncoding("utf8").on("data", (text: string) => {
      this.#output += text;
    });
  }

  /** Runs a command. @returns its output */
  async run(command: string): Promise<string> {
    // What is typed is echoed: the marks are only in the output.
    return this.#between(`echo BEG""IN; ${command}; echo EN""D\n`, /^BEGIN\n([\s\S]*?)^END$/m);
  }

  /** Types the beginning of a line and Tab. @returns the line, which is not run */
  async complete(typed: string): Promise<string> {
    // To the beginning of the line and to its end: it becomes an argument of `echo`.
    return this.#between(`${typed}\t\u0001echo BEG""IN:'\u0005'\n`, /BEGIN:(.*)$/m);
  }

  async close(): Promise<void> {
    const ended = new Promise((resolve) => this.#child.once("close", resolve));
    this.#child.stdin.write("exit\n");
    await ended;
  }

  async #between(keys: string, pattern: RegExp): Promise<string> {
    this.#output = "";
    this.#child.stdin.write(keys);
    for (let waited = 0; waited < 20_000; waited += 50) {
      const [, found] = pattern.exec(stripVTControlCharacters(this.#output).replaceAll("\r", "")) ?? [];
      if (found !== undefined) return found;
      await sleep(50);
    }
    throw new Error(`the shell did not answer to ${JSON.stringify(keys)}: ${JSON.stringify(this.#output)}`);
  }
}

describe.each(["bash", "zsh"] as const)("%s", (shell) => {
  const { start, load } = TERMINALS[shell];
  const terminal = new Terminal(start);
  beforeAll(() => terminal.run(load));
  afterAll(() => terminal.close());

  it.each(LINES)("makes `%s` to `%s`", async (typed, completed) => {
    expect((await terminal.complete(typed)).trimEnd()).toBe(completed);
  });

  it("runs nothing of what is typed", async () => {
    const trap = join(folder, `trap-${shell}`);
    await terminal.complete(`lab exec control -- $(touch ${trap}) > ${trap} x`);
    expect(existsSync(trap)).toBe(false);
  });

  it("prints nothing when the script is loaded again", async () => {
    expect(await terminal.run(load)).toBe("");
  });
});

describe("fish", () => {
  it.each(LINES)("makes `%s` to `%s`", async (typed, completed) => {
    const command = `${LAB} completion fish | source; complete -C ${JSON.stringify(typed)}`;
    const { stdout } = await run("fish", ["--no-config", "-c", command], { env });
    const words = stdout
      .trimEnd()
      .split("\n")
      .map((line) => line.split("\t")[0]);
    expect(words).toEqual([completed.split(" ").at(-1)]);
  });
});

it("takes less than half a second", async () => {
  // Time of processors: other work on this machine does not count.
  const command = `TIMEFORMAT='%U %S'; time ${LAB} complete -- redo nova/ >/dev/null`;
  const { stderr } = await run("bash", ["-c", command], { env });
  const [user = "", system = ""] = stderr.trim().split(" ");
  expect(Number(user) + Number(system)).toBeLessThan(0.5);
});
