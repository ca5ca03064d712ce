import { LineWriter } from "../transport/lines.ts";
import type { Listener } from "../transport/types.ts";
import type { LocalInputs } from "./inputs.ts";

/** Shows a text at a resource. Messages keep their order. */
export type Show = (text: string) => Promise<void>;

/** Lines of output in an error. */
const TAIL = 20;

/** Passes the output of a command to the engine in whole lines, as `logging` says, and keeps the last lines for an error. */
export class Lines implements Listener {
  readonly onStdout: (text: string) => void;
  readonly onStderr: (text: string) => void;
  readonly #writers: LineWriter[] = [];
  readonly #tail: string[] = [];
  #pending: string[] = [];
  #sending: Promise<void> | undefined;

  constructor(
    logging: LocalInputs["logging"],
    readonly mask: (text: string) => string,
    readonly show: Show,
  ) {
    const wanted = logging ?? "stdoutAndStderr";
    this.onStdout = this.#stream(wanted === "stdout" || wanted === "stdoutAndStderr");
    this.onStderr = this.#stream(wanted === "stderr" || wanted === "stdoutAndStderr");
  }

  /** @returns the last lines, when the engine has all of them */
  async end(): Promise<string> {
    for (const writer of this.#writers) writer.end();
    await this.#sending;
    return this.#tail.length === 0 ? "(no output to show)" : this.#tail.join("\n");
  }

  #stream(wanted: boolean): (text: string) => void {
    if (!wanted) return () => {};
    const writer = new LineWriter((text) => {
      for (const line of text.replace(/\n$/, "").split("\n")) this.#put(line);
    });
    this.#writers.push(writer);
    return writer.write;
  }

  #put(line: string): void {
    const shown = this.mask(line);
    this.#tail.push(shown);
    if (this.#tail.length > TAIL) this.#tail.shift();
    this.#pending.push(shown);
    this.#sending ??= this.#send();
  }

  /** One message at a time keeps the order. Lines that come meanwhile go together, so that a lot of output does not delay the command. */
  async #send(): Promise<void> {
    while (this.#pending.length > 0) {
      const text = this.#pending.join("\n");
      this.#pending = [];
      await this.show(text);
    }
    this.#sending = undefined;
  }
}
