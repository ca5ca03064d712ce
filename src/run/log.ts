import { appendFileSync, closeSync, mkdirSync, openSync, writeSync } from "node:fs";
import { dirname, join } from "node:path";
import { home } from "../config/paths.ts";
import type { RunEvent } from "./events.ts";

/** The folder of a stack's logs. Each run has a folder in it, named by its time. */
export const logRoot = (stack: string): string => join(home(), "stacks", stack, "logs");

/** The files of one run: `events.jsonl` with all events, and the output of each resource in a file of its own. */
export class RunLog {
  readonly directory: string;
  readonly #events: number;

  constructor(stack: string, at: Date) {
    this.directory = newFolder(logRoot(stack), at.getTime());
    this.#events = openSync(join(this.directory, "events.jsonl"), "a", 0o600);
  }

  /** The file for a resource's output, whether it exists yet or not. */
  file(name: string): string {
    return join(this.directory, `${name}.log`);
  }

  /** Appends an event. A run that is killed leaves whole lines, but for the last one. */
  write(event: RunEvent): void {
    writeSync(this.#events, `${JSON.stringify(event)}\n`);
    const text = textOf(event);
    if (text === undefined || !("name" in event)) return;
    const file = this.file(event.name);
    mkdirSync(dirname(file), { recursive: true });
    appendFileSync(file, text, { mode: 0o600 });
  }

  close(): void {
    closeSync(this.#events);
  }
}

/** Makes a folder named by its time; a millisecond later where another run has just taken that name. */
function newFolder(root: string, at: number): string {
  mkdirSync(root, { recursive: true, mode: 0o700 });
  const folder = join(root, new Date(at).toISOString().replaceAll(":", "-"));
  try {
    mkdirSync(folder, { mode: 0o700 });
    return folder;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    return newFolder(root, at + 1);
  }
}

/** What a resource's own file says of an event. */
function textOf(event: RunEvent): string | undefined {
  switch (event.type) {
    case "started":
      return `${new Date(event.at).toISOString()} ${event.operation}: ${event.title}\n`;
    case "output":
      return event.text.endsWith("\n") ? event.text : `${event.text}\n`;
    case "failed":
      return `${new Date(event.at).toISOString()} failed\n${event.message}\n`;
    default:
      return undefined;
  }
}
