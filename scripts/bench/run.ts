import { spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { ROOT } from "../../src/config/paths.ts";

/** One run of `lab`: how long it took as a whole, and the events it told. */
export interface Run {
  readonly seconds: number;
  readonly events: readonly Event[];
}

/** Only what is read of an event. */
export interface Event {
  readonly type: string;
  readonly name?: string;
  readonly step?: string;
  readonly node?: string;
  readonly seconds?: number;
  readonly changed?: boolean;
  readonly criticalPath?: readonly { name: string; seconds: number }[];
}

/**
 * Runs `lab` to its end, telling on standard error what is being measured.
 * @throws Error when it fails: figures of a failed run are worth nothing
 */
export function lab(what: string, args: readonly string[]): Promise<Run> {
  process.stderr.write(`measuring: ${what}\n`);
  const began = performance.now();
  const child = spawn(join(ROOT, "scripts/lab"), args, { cwd: ROOT, stdio: ["ignore", "pipe", "inherit"] });
  const events: Event[] = [];
  createInterface({ input: child.stdout }).on("line", (line) => {
    if (line.startsWith("{")) events.push(JSON.parse(line) as Event);
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => {
      if (code === 0) resolve({ seconds: (performance.now() - began) / 1000, events });
      else reject(new Error(`lab ${args.join(" ")} ended with ${code}`));
    });
  });
}
