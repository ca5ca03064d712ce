/** Cuts chunks of output into whole lines: a secret that arrives in two chunks is whole again before it is masked. */
export class LineWriter {
  readonly #onLines: (text: string) => void;
  #rest = "";

  /** @param onLines gets one or more whole lines, each with its newline; the last may have none */
  constructor(onLines: (text: string) => void) {
    this.#onLines = onLines;
  }

  readonly write = (chunk: string): void => {
    const text = this.#rest + chunk;
    const end = text.lastIndexOf("\n") + 1;
    this.#rest = text.slice(end);
    if (end > 0) this.#onLines(text.slice(0, end));
  };

  /** Hands over what came after the last newline. */
  end(): void {
    if (this.#rest !== "") this.#onLines(this.#rest);
    this.#rest = "";
  }
}
