import { createRequire } from "node:module";

interface Debuggable {
  debuggablePromise: (promise: Promise<unknown>, context: string) => Promise<unknown>;
}

let done = false;

/**
 * Stops the engine's library from keeping a stack trace with each of its promises. It shows them only with
 * `PULUMI_DEBUG_PROMISE_LEAKS`, and with source maps they took a seventh of the processor time of `lab up`. Traces of errors stay. Source: @pulumi/pulumi 3.245, runtime/debuggable.js.
 */
export function withoutPromiseTraces(): void {
  if (done || process.env.PULUMI_DEBUG_PROMISE_LEAKS) return;
  done = true;
  const library = createRequire(import.meta.url)("@pulumi/pulumi/runtime/debuggable.js") as Debuggable;
  const original = library.debuggablePromise;
  library.debuggablePromise = (promise, context) => {
    const limit = Error.stackTraceLimit;
    Error.stackTraceLimit = 0;
    try {
      return original(promise, context);
    } finally {
      Error.stackTraceLimit = limit;
    }
  };
}
