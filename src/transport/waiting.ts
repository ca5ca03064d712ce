import { setMaxListeners } from "node:events";
import pLimit, { type LimitFunction } from "p-limit";

/** Calls `act` once when the signal is aborted, at once where it is; the answer takes that back. */
export function onAbort(signal: AbortSignal | undefined, act: () => void): () => void {
  if (signal === undefined) return () => {};
  // Hundreds of commands may share one signal; that is no leak to be warned of.
  setMaxListeners(0, signal);
  signal.addEventListener("abort", act, { once: true });
  if (signal.aborted) act();
  return () => signal.removeEventListener("abort", act);
}

/** Settles as `work` does, or rejects at once with the signal's reason when it is aborted; `work` itself goes on. */
export function orAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return work;
  return new Promise<T>((resolve, reject) => {
    const off = onAbort(signal, () => reject(signal.reason));
    work.then(resolve, reject).finally(off);
  });
}

/** Waits, unless `signal` is aborted before. */
export function pause(milliseconds: number, signal?: AbortSignal): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, milliseconds);
  });
  return orAborted(over, signal).finally(() => clearTimeout(timer));
}

/** Lets `limit` callers in at once, the others in the order they came. */
export class Slots {
  readonly #limited: LimitFunction;

  constructor(limit: number) {
    this.#limited = pLimit(limit);
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
