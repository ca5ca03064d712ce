import type { Context } from "./context.ts";

/** Exit code of an interrupted command. */
export const INTERRUPTED = 130;

/**
 * Runs work that Ctrl-C aborts. The first Ctrl-C ends the running steps in order, the second ends this process at once.
 * @param say tells the person what happens
 */
export async function interruptible<T>(
  context: Context,
  say: (text: string) => void,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const release = context.onInterrupt(() => {
    if (controller.signal.aborted) return context.exit(INTERRUPTED);
    say("Interrupted: waiting for the running steps to be ended. Ctrl-C again leaves at once.");
    controller.abort(new Interrupted());
  });
  try {
    return await work(controller.signal);
  } catch (error) {
    throw controller.signal.aborted ? new Interrupted() : error;
  } finally {
    release();
  }
}

/** The person pressed Ctrl-C. */
export class Interrupted extends Error {
  constructor() {
    super("Interrupted. What is done stays done: the same command goes on from here.");
    this.name = "Interrupted";
  }
}
