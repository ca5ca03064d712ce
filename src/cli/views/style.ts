import type { Context, Sink } from "../context.ts";

/** Colours by meaning. Each gives the text back as it is where colours are not wanted. */
export interface Style {
  readonly good: (text: string) => string;
  readonly bad: (text: string) => string;
  readonly faint: (text: string) => string;
  readonly strong: (text: string) => string;
}

const paint =
  (on: boolean, code: number) =>
  (text: string): string =>
    on && text !== "" ? `\u001b[${code}m${text}\u001b[0m` : text;

/** Colours for a stream: only on a terminal, and never with `NO_COLOR`. */
export function styleFor(sink: Sink, env: Context["env"]): Style {
  const on = sink.isTTY === true && (env.NO_COLOR ?? "") === "" && env.TERM !== "dumb";
  return { good: paint(on, 32), bad: paint(on, 31), faint: paint(on, 2), strong: paint(on, 1) };
}
