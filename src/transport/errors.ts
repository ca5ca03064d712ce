import { UserError } from "../config/errors.ts";
import { type Refusal, refusalOf } from "./refusal.ts";
import { pause } from "./waiting.ts";

/** A host is unreachable, refuses the login, or shows a wrong host key. */
export class DialError extends UserError {
  constructor(
    message: string,
    /** Whether another dial may succeed: not after a refused login or a wrong host key. */
    readonly retryable: boolean,
  ) {
    super(message, 1);
    this.name = "DialError";
  }
}

/** The connection was lost while a command ran. */
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

/** The machine let the user in, but nothing of the command ran: the login shell or sudo refused it. */
export class NotStarted extends UserError {
  readonly refusal: Refusal;

  /** @param said what was printed instead of an answer */
  constructor(where: string, user: string, said: string) {
    const refusal = refusalOf(user, said);
    super(`${where}: the command did not start: found ${refusal.found}. To fix it: ${refusal.fix}`, 1);
    this.name = "NotStarted";
    this.refusal = refusal;
  }
}

/** sshd refused another session: those that run on the connection are as many as it allows. */
export class SessionsFull extends Error {
  constructor(
    /** How many run. */
    readonly running: number,
  ) {
    super(`sshd allows ${running} sessions`);
    this.name = "SessionsFull";
  }
}

/** Runs `work` again while the connection breaks under it and a repeat is safe: nothing was sent, or `idempotent`. */
export async function retryBroken<T>(
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
    // A broken connection takes a moment until it counts as lost.
    await pause(DELAY * (repeats + 1), options.signal);
  }
}

const REPEATS = 3;
/** Milliseconds. */
const DELAY = 100;
