import { fstatSync } from "node:fs";
import { createInterface } from "node:readline";
import { home } from "../config/paths.ts";
import { STACKS } from "../config/stack-file.ts";
import type { Context } from "./context.ts";
import { Interrupted } from "./interrupt.ts";
import { realLab } from "./real-lab.ts";

/** Milliseconds after which a pipe without input is not waited for: the command runs without input. */
const FIRST_INPUT = 5_000;

/** This process as the surroundings of a command. */
export const realContext = (): Context => ({
  lab: realLab,
  stdout: process.stdout,
  stderr: process.stderr,
  stdin: { isTTY: process.stdin.isTTY === true, readAll, ask },
  env: process.env,
  stacks: STACKS,
  home: home(),
  onInterrupt: (act) => on(["SIGINT", "SIGTERM", "SIGHUP"], act),
  onExit: (act) => on(["exit"], act),
  exit: (code) => process.exit(code),
});

function on(events: readonly string[], act: () => void): () => void {
  for (const event of events) process.on(event, act);
  return () => {
    for (const event of events) process.off(event, act);
  };
}

/** @throws Interrupted on Ctrl-C. @returns the empty answer on Ctrl-D */
async function ask(question: string): Promise<string> {
  const reader = createInterface({ input: process.stdin, output: process.stderr });
  return new Promise((resolve, reject) => {
    reader.once("SIGINT", () => {
      process.stderr.write("\n");
      reject(new Interrupted());
      reader.close();
    });
    reader.once("close", () => resolve(""));
    reader.question(question, (answer) => {
      resolve(answer);
      reader.close();
    });
  });
}

/** Has a limit: a caller can leave a pipe open that never ends. */
async function readAll(): Promise<string | undefined> {
  if (hasNoInput()) return undefined;
  const { stdin } = process;
  const chunks: Buffer[] = [];
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      process.stderr.write("No input on stdin within 5 s; the command runs without input.\n");
      stdin.pause();
      resolve(undefined);
    }, FIRST_INPUT);
    stdin.on("data", (chunk) => {
      clearTimeout(timer);
      chunks.push(Buffer.from(chunk));
    });
    stdin.once("end", () => {
      clearTimeout(timer);
      resolve(Buffer.concat(chunks).toString());
    });
    stdin.once("error", reject);
  });
}

/** Closed, or a device such as /dev/null. */
function hasNoInput(): boolean {
  try {
    return fstatSync(0).isCharacterDevice();
  } catch {
    return true;
  }
}
