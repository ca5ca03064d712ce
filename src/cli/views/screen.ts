import type { Context, Sink } from "../context.ts";
import { clean, widthOf } from "./text.ts";

const ESCAPE = "\u001b[";
const HIDE_CURSOR = `${ESCAPE}?25l`;
const SHOW_CURSOR = `${ESCAPE}?25h`;
const CLEAR_TO_END = `${ESCAPE}0J`;
const CLEAR_LINE_END = `${ESCAPE}K`;

/**
 * Lines that stay on a terminal, and live lines below them. Each update is one write that replaces every line in place, so that nothing
 * flickers. The cursor is shown again when the process ends, for any reason.
 */
export class Screen {
  readonly #sink: Sink;
  readonly #release: () => void;
  #drawn: readonly string[] = [];

  constructor(sink: Sink, context: Pick<Context, "onExit">) {
    this.#sink = sink;
    this.#release = context.onExit(() => sink.write(SHOW_CURSOR));
    sink.write(HIDE_CURSOR);
  }

  /** Columns for a line. The last column stays free, because terminals differ in when they wrap. */
  get width(): number {
    return Math.max(10, (this.#sink.columns ?? 80) - 1);
  }

  /** Rows for live lines. */
  get height(): number {
    return Math.max(1, (this.#sink.rows ?? 24) - 2);
  }

  /** Adds lines that stay, and draws the live lines anew below them. */
  draw(lasting: readonly string[], live: readonly string[]): void {
    const up = this.#rows();
    const shown = live.slice(-this.height);
    const text = [...lasting, ...shown].map((line) => `${line}${CLEAR_LINE_END}\n`).join("");
    this.#sink.write(`${up > 0 ? `${ESCAPE}${up}A` : ""}\r${text}${CLEAR_TO_END}`);
    this.#drawn = shown;
  }

  /** Removes the live lines and shows the cursor. */
  close(): void {
    this.draw([], []);
    this.#sink.write(SHOW_CURSOR);
    this.#release();
  }

  /** Rows of the live lines now: they have wrapped if the terminal was made narrower. */
  #rows(): number {
    const columns = Math.max(1, this.#sink.columns ?? 80);
    return this.#drawn.reduce((sum, line) => sum + Math.max(1, Math.ceil(widthOf(clean(line)) / columns)), 0);
  }
}
