import { createRequire } from "node:module";

interface Debuggable {
  debuggablePromise: (promise: Promise<unknown>, context: string) => Promise<unknown>;
}

let done = false;

/**
 * Has the engine's library keep no stack trace with each of its promises: it shows them only to who debugs the library
 * (`PULUMI_DEBUG_PROMISE_LEAKS`), and with source maps they were a seventh of what `lab up` itself computes. Traces of
 * errors stay as they are. Source: @pulumi/pulumi 3.245, runtime/debuggable.js.
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
