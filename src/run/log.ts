import { appendFileSync, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { home } from "../config/paths.ts";
import type { LabEvent } from "./events.ts";

/** The folder of a stack's logs, one folder a run in it, named by its time. */
export const logRoot = (stack: string): string => join(home(), "stacks", stack, "logs");

/** Full output of each resource of one run, a file each. */
export class RunLog {
  readonly directory: string;

  constructor(stack: string, at: Date) {
    this.directory = join(logRoot(stack), at.toISOString().replaceAll(":", "-"));
    mkdirSync(this.directory, { recursive: true, mode: 0o700 });
  }

  /** Where a resource's output is (or will be) kept. */
  file(name: string): string {
    return join(this.directory, `${name}.log`);
  }

  /** Notes an event in the file of its resource. */
  write(event: LabEvent): void {
    const line = lineOf(event);
    if (line === undefined || !("name" in event)) return;
    const file = this.file(event.name);
    mkdirSync(dirname(file), { recursive: true });
    appendFileSync(file, line, { mode: 0o600 });
  }
}

function lineOf(event: LabEvent): string | undefined {
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
