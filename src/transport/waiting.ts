import { setMaxListeners } from "node:events";

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
  #free: number;
  readonly #waiting: (() => void)[] = [];

  constructor(limit: number) {
    this.#free = limit;
  }

  /** @throws the signal's reason, when aborted before there was a place */
  async use<T>(signal: AbortSignal | undefined, work: () => Promise<T>): Promise<T> {
    await this.#enter(signal);
    try {
      return await work();
    } finally {
      this.#leave();
    }
  }

  async #enter(signal: AbortSignal | undefined): Promise<void> {
    signal?.throwIfAborted();
    if (this.#free > 0) {
      this.#free -= 1;
      return;
    }
    let place = () => {};
    const granted = new Promise<void>((resolve) => {
      place = resolve;
    });
    this.#waiting.push(place);
    try {
      await orAborted(granted, signal);
    } catch (error) {
      const index = this.#waiting.indexOf(place);
      // No longer in the queue: the place came in the same moment, and is handed on.
      if (index >= 0) this.#waiting.splice(index, 1);
      else this.#leave();
      throw error;
    }
  }

  #leave(): void {
    const next = this.#waiting.shift();
    if (next) next();
    else this.#free += 1;
  }
}
