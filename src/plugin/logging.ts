import type { Listener } from "../transport/types.ts";
import type { LocalInputs } from "./inputs.ts";

/** Shows a text on the resource's row. Messages keep their order. */
export type Show = (text: string) => Promise<void>;

/** Lines of output in an error. */
const TAIL = 20;

/** Passes a command's output on to the engine by whole lines, as far as `logging` lets it, and keeps the last for an error. */
export class Lines implements Listener {
  readonly onStdout: (text: string) => void;
  readonly onStderr: (text: string) => void;
  readonly #rests: (() => void)[] = [];
  readonly #tail: string[] = [];
  #pending: string[] = [];
  #sending: Promise<void> | undefined;

  constructor(
    logging: LocalInputs["logging"],
    readonly redact: (text: string) => string,
    readonly show: Show,
  ) {
    const wanted = logging ?? "stdoutAndStderr";
    this.onStdout = this.#stream(wanted === "stdout" || wanted === "stdoutAndStderr");
    this.onStderr = this.#stream(wanted === "stderr" || wanted === "stdoutAndStderr");
  }

  /** The last lines; waits until the engine has got all. */
  async end(): Promise<string> {
    for (const rest of this.#rests) rest();
    await this.#sending;
    return this.#tail.length === 0 ? "(no output to show)" : this.#tail.join("\n");
  }

  #stream(wanted: boolean): (text: string) => void {
    if (!wanted) return () => {};
    let rest = "";
    this.#rests.push(() => {
      if (rest !== "") this.#put(rest);
      rest = "";
    });
    return (text) => {
      const lines = (rest + text).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) this.#put(line);
    };
  }

  #put(line: string): void {
    const shown = this.redact(line);
    this.#tail.push(shown);
    if (this.#tail.length > TAIL) this.#tail.shift();
    this.#pending.push(shown);
    this.#sending ??= this.#send();
  }

  /** One message at a time keeps the order; what came meanwhile goes together, so that a flood does not hold the command up. */
  async #send(): Promise<void> {
    while (this.#pending.length > 0) {
      const text = this.#pending.join("\n");
      this.#pending = [];
      await this.show(text);
    }
    this.#sending = undefined;
  }
}
