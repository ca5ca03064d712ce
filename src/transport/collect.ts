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
}

/** Milliseconds that the streams get to close after the exit: without output, and in all. A daemon that was started may hold them open. */
const QUIET = 300;
const GRACE = 5_000;

/** Collects all output. Resolves when the process has ended and its streams are closed, or a moment after its end. */
export function collect(running: Running, listener: Listener): Promise<Outcome> {
  return new Promise((resolve) => {
    let code: number | undefined;
    let exited = false;
    let quiet: NodeJS.Timeout | undefined;
    let grace: NodeJS.Timeout | undefined;
    const wait = () => {
      clearTimeout(quiet);
      if (exited) quiet = setTimeout(finish, QUIET);
    };
    const stdout = gather(running.stdout, wait, listener.onStdout);
    const stderr = gather(running.stderr, wait, listener.onStderr);
    const finish = () => {
      clearTimeout(quiet);
      clearTimeout(grace);
      running.events.off("close", finish);
      resolve({ stdout: stdout(), stderr: stderr(), code });
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

function gather(
  stream: Readable,
  seen: () => void,
  listen: ((text: string) => void) | undefined,
): () => string {
  const decoder = new StringDecoder("utf8");
  const texts: string[] = [];
  let over = false;
  const take = (text: string) => {
    if (text === "" || over) return;
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
