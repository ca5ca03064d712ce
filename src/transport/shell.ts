import type { Readable, Writable } from "node:stream";
import type { ClientChannel } from "ssh2";
import { type Login, openChannel } from "./channel.ts";
import { exitCode } from "./collect.ts";

/** The streams of a process. Where stdin is a terminal, the shell gets one too. */
export interface Terminal {
  readonly stdin: Readable & { readonly isTTY?: boolean; setRawMode?(raw: boolean): unknown };
  /** Emits `resize`. */
  readonly stdout: Writable & { readonly rows?: number; readonly columns?: number };
  readonly stderr: Writable;
}

/** A login shell at `terminal`, raw and resized with it. Resolves with its exit code, 255 where the connection broke. */
export async function interact(login: Login, terminal: Terminal): Promise<number> {
  const { client } = login;
  const { stdin, stdout, stderr } = terminal;
  const size = () => ({ rows: stdout.rows ?? 24, cols: stdout.columns ?? 80 });
  const window = stdin.isTTY ? { term: process.env.TERM ?? "xterm-256color", ...size() } : false;
  const channel = await openChannel<ClientChannel>(login, undefined, (done) => client.shell(window, done));
  const resize = () => channel.setWindow(size().rows, size().cols, 0, 0);
  stdin.setRawMode?.(true);
  stdout.on("resize", resize);
  channel.on("error", () => {});
  channel.pipe(stdout, { end: false });
  channel.stderr.pipe(stderr, { end: false });
  stdin.pipe(channel);
  let code = 255;
  channel.once("exit", (status: number | null, signal?: string) => {
    code = exitCode(status, signal);
  });
  await new Promise<void>((resolve) => {
    channel.once("close", () => resolve());
  });
  stdout.off("resize", resize);
  stdin.unpipe(channel);
  stdin.setRawMode?.(false);
  // An open stdin keeps this process from ending.
  stdin.pause();
  return code;
}
