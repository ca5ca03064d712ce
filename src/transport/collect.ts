import type { EventEmitter } from "node:events";
import { constants } from "node:os";
import type { Readable } from "node:stream";
import { StringDecoder } from "node:string_decoder";
import type { Listener } from "./types.ts";

/** What child processes and SSH channels have in common. */
interface Running {
  readonly stdout: Readable;
  readonly stderr: Readable;
  /** Emits `exit` (code, signal) and `close`. */
  readonly events: EventEmitter;
}

interface Outcome {
  readonly stdout: string;
  readonly stderr: string;
  /** @default undefined: the process vanished without an exit status */
  readonly code: number | undefined;
  /** What was printed where the answer never started. @default it started */
  readonly instead?: string;
}

/** How an answer starts. */
export interface Start {
  /** What ends that which is not the answer's. */
  readonly marks: { readonly stdout: string; readonly stderr: string };
  /** Called when that of stdout has arrived. */
  readonly onStart: () => void;
}

/** Milliseconds that the streams get to close after the exit: without output, and in all. A daemon that was started may hold them open. */
const QUIET = 300;
const GRACE = 5_000;

/** Gathers all output from the start of the answer on; settles when the process has ended and its streams closed, or a short while after its end. */
export function collect(running: Running, listener: Listener, start?: Start): Promise<Outcome> {
  return new Promise((resolve) => {
    let code: number | undefined;
    let exited = false;
    let quiet: NodeJS.Timeout | undefined;
    let grace: NodeJS.Timeout | undefined;
    const wait = () => {
      clearTimeout(quiet);
      if (exited) quiet = setTimeout(finish, QUIET);
    };
    const out = new Answer(start?.marks.stdout, start?.onStart);
    const err = new Answer(start?.marks.stderr);
    const stdout = gather(running.stdout, wait, out, listener.onStdout);
    const stderr = gather(running.stderr, wait, err, listener.onStderr);
    const finish = () => {
      clearTimeout(quiet);
      clearTimeout(grace);
      running.events.off("close", finish);
      const answer = { stdout: stdout(), stderr: stderr() };
      resolve({ ...answer, code, ...(!out.started && { instead: out.before + err.before }) });
    };
    running.events.once("exit", (status: number | null, signal: string | null | undefined) => {
      exited = true;
      code = exitCode(status, signal);
      grace = setTimeout(finish, GRACE);
      wait();
    });
    running.events.once("close", finish);
  });
}

/** 128 + n for a signal, as in shells. */
export function exitCode(status: number | null, signal: string | null | undefined): number {
  if (status !== null) return status;
  const signals: Readonly<Record<string, number>> = constants.signals;
  return 128 + (signals[signal ?? ""] ?? 0);
}

/** One stream of an answer, without what comes before its start. */
class Answer {
  /** What came before the start. */
  before = "";
  started: boolean;

  /** @param mark @default the answer starts at once */
  constructor(
    readonly mark = "",
    readonly onStart: () => void = () => {},
  ) {
    this.started = mark === "";
  }

  /** @returns what of the text is the answer's */
  take(text: string): string {
    if (this.started) return text;
    this.before += text;
    const at = this.before.indexOf(this.mark);
    if (at < 0) return "";
    const rest = this.before.slice(at + this.mark.length);
    this.before = this.before.slice(0, at);
    this.started = true;
    this.onStart();
    return rest;
  }
}

function gather(
  stream: Readable,
  seen: () => void,
  answer: Answer,
  listen: ((text: string) => void) | undefined,
): () => string {
  const decoder = new StringDecoder("utf8");
  const texts: string[] = [];
  let over = false;
  const take = (printed: string) => {
    const text = over ? "" : answer.take(printed);
    if (text === "") return;
    texts.push(text);
    listen?.(text);
  };
  stream.on("data", (chunk: Buffer) => {
    seen();
    take(decoder.write(chunk));
  });
  return () => {
    take(decoder.end());
    over = true;
    return texts.join("");
  };
}
