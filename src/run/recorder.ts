import { masker } from "../actions/mask.ts";
import { EVENTS_VERSION, type RunEnded, type RunEvent, type RunStarted } from "./events.ts";
import { RunLog } from "./log.ts";

/** Fields that name things. A password that is a common word must not make them unreadable. */
const NAMES: ReadonlySet<string> = new Set([
  ..."type command stack lab name step node check operation fault stoppedBefore".split(" "),
]);

type Listener = (event: RunEvent) => void;

/** Masks, writes and hands on every event of one run. */
export class RunRecorder {
  readonly #log: RunLog;
  readonly #began: number;
  readonly #listeners: Listener[] = [];
  readonly #secrets = new Set<string>();
  #mask = masker([]);

  constructor({ command, stack, lab }: Pick<RunStarted, "command" | "stack" | "lab">, onEvent: Listener) {
    this.#began = Date.now();
    this.#log = new RunLog(stack, new Date(this.#began));
    this.listen(onEvent);
    const at = this.#began;
    this.emit({
      type: "run",
      version: EVENTS_VERSION,
      command,
      stack,
      ...(lab === undefined ? {} : { lab }),
      at,
    });
  }

  /** The run's folder. */
  get directory(): string {
    return this.#log.directory;
  }

  /** Seconds since the run began. */
  get seconds(): number {
    return (Date.now() - this.#began) / 1000;
  }

  /** The file for a resource's output. */
  file(name: string): string {
    return this.#log.file(name);
  }

  readonly emit = (event: RunEvent): void => {
    const masked = maskedEvent(event, this.#mask);
    this.#log.write(masked);
    for (const listener of this.#listeners) listener(masked);
  };

  /** @param listener gets every event from now on, secrets masked */
  listen(listener: Listener): void {
    this.#listeners.push(listener);
  }

  /** Masks more secrets from now on. */
  readonly hide = (secrets: Iterable<string>): void => {
    for (const secret of secrets) this.#secrets.add(secret);
    this.#mask = masker([...this.#secrets]);
  };

  mask(text: string): string {
    return this.#mask(text);
  }

  /** Writes the last event. */
  end(result: Omit<RunEnded, "type" | "seconds" | "at">): void {
    this.emit({ type: "ended", ...result, seconds: this.seconds, at: Date.now() });
    this.#log.close();
  }
}

/** What the last event says of a run. */
type Summary = Pick<RunEnded, "ok" | "interrupted" | "changed" | "unchanged" | "stoppedBefore">;

/**
 * Records a run from its first to its last event, also where `work` throws.
 * @param work does what the run is for, and reports how it went
 */
export async function recordRun<T extends Summary & { readonly failed: readonly unknown[] }>(
  run: Pick<RunStarted, "command" | "stack" | "lab">,
  { onEvent, signal }: { readonly onEvent: Listener; readonly signal: AbortSignal },
  work: (recorder: RunRecorder) => Promise<T>,
): Promise<T> {
  const recorder = new RunRecorder(run, onEvent);
  try {
    const report = await work(recorder);
    const { ok, interrupted, changed, unchanged, stoppedBefore, failed } = report;
    recorder.end({
      ok,
      interrupted,
      ...(changed === undefined ? {} : { changed }),
      ...(unchanged === undefined ? {} : { unchanged }),
      failed: failed.length,
      ...(stoppedBefore === undefined ? {} : { stoppedBefore }),
    });
    return report;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    recorder.end({ ok: false, interrupted: signal.aborted, failed: 0, message });
    throw error;
  }
}

const maskedEvent = (event: RunEvent, mask: (text: string) => string): RunEvent =>
  masked(event, mask) as RunEvent;

function masked(value: unknown, mask: (text: string) => string): unknown {
  if (typeof value === "string") return mask(value);
  if (Array.isArray(value)) return value.map((item) => masked(item, mask));
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(
    ([key, item]) => [key, NAMES.has(key) ? item : masked(item, mask)] as const,
  );
  return Object.fromEntries(entries);
}
