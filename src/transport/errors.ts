import { UserError } from "../config/errors.ts";
import { pause } from "./waiting.ts";

/** The machine cannot be reached, or is not who it should be. */
export class DialError extends UserError {
  constructor(
    message: string,
    /** Whether another try may go better: not so for a refused login or a wrong host key. */
    readonly passing: boolean,
  ) {
    super(message, 1);
    this.name = "DialError";
  }
}

/** The connection went away under a command. */
export class BrokenConnection extends UserError {
  constructor(
    message: string,
    /** Whether the command may have run. */
    readonly sent: boolean,
  ) {
    super(message, 1);
    this.name = "BrokenConnection";
  }
}

/** Runs `work` again while the connection breaks under it and a repeat is safe: nothing was sent, or `idempotent`. */
export async function whileItBreaks<T>(
  options: { readonly idempotent?: boolean; readonly signal?: AbortSignal },
  work: () => Promise<T>,
): Promise<T> {
  for (let repeats = 0; ; repeats += 1) {
    try {
      return await work();
    } catch (error) {
      const safe = error instanceof BrokenConnection && (!error.sent || options.idempotent === true);
      if (!safe || repeats >= REPEATS || options.signal?.aborted === true) throw error;
    }
    // A connection that is going away takes a moment until it counts as lost.
    await pause(DELAY * (repeats + 1), options.signal);
  }
}

const REPEATS = 3;
/** Milliseconds. */
const DELAY = 100;
