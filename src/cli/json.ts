import type { Sink } from "./context.ts";

/** One object, one line. */
export const writeJson = (sink: Sink, value: unknown): void => {
  sink.write(`${JSON.stringify(value)}\n`);
};
