import { setMaxListeners } from "node:events";
import pLimit, { type LimitFunction } from "p-limit";

/** Calls `act` once when the signal is aborted, or now where it already is. @returns a function that cancels this */
export function onAbort(signal: AbortSignal | undefined, act: () => void): () => void {
  if (signal === undefined) return () => {};
  // Hundreds of commands share one signal: the warning about a leak does not apply.
  setMaxListeners(0, signal);
  signal.addEventListener("abort", act, { once: true });
  if (signal.aborted) act();
  return () => signal.removeEventListener("abort", act);
}

/** Resolves or rejects as `work` does. When the signal is aborted it rejects at once with its reason; `work` itself goes on. */
export function abortable<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return work;
  return new Promise<T>((resolve, reject) => {
    const off = onAbort(signal, () => reject(signal.reason));
    work.then(resolve, reject).finally(off);
  });
}

/** Waits. @throws the signal's reason when it is aborted before */
export function pause(milliseconds: number, signal?: AbortSignal): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, milliseconds);
  });
  return abortable(over, signal).finally(() => clearTimeout(timer));
}

/** Lets `limit` callers work at the same time, the others in the order in which they came. */
export class Slots {
  readonly #limited: LimitFunction;

  constructor(limit: number) {
    this.#limited = pLimit(limit);
  }

  /** Lets fewer in at once from now on, at least 1. */
  lower(limit: number): void {
    this.#limited.concurrency = Math.max(1, Math.min(this.#limited.concurrency, limit));
  }

  /** @throws the signal's reason, when aborted before there was a slot */
  use<T>(signal: AbortSignal | undefined, work: () => Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const stopWaiting = onAbort(signal, () => reject(signal?.reason));
      this.#limited(async () => {
        stopWaiting();
        if (signal?.aborted) return;
        try {
          resolve(await work());
        } catch (error) {
          reject(error);
        }
      });
    });
  }
}
