import { createRequire } from "node:module";
import { expect, test } from "vitest";
import { withoutPromiseTraces } from "../../src/program/promise-traces.ts";

interface Traced {
  readonly _debugCtx: string;
  readonly _debugStackTrace: string;
}

const library = createRequire(import.meta.url)("@pulumi/pulumi/runtime/debuggable.js");
function traced(): Traced {
  const promise = Promise.resolve();
  library.debuggablePromise(promise, "a test");
  return promise as unknown as Traced;
}
const lines = ({ _debugStackTrace }: Traced): number => _debugStackTrace.split("\n").length;

test("promises of the engine's library keep no trace, errors keep theirs", () => {
  expect(lines(traced())).toBeGreaterThan(1);
  withoutPromiseTraces();
  withoutPromiseTraces();
  expect(lines(traced())).toBe(1);
  expect(traced()._debugCtx).toBe("a test");
  expect(new Error("still traced").stack?.split("\n").length).toBeGreaterThan(1);
});
