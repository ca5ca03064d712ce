import type { Client, ClientChannel } from "ssh2";
import { UserError } from "../config/errors.ts";
import { collect } from "./collect.ts";
import { BrokenConnection, NotStarted, SessionsFull } from "./errors.ts";
import { type As, commandLine, frame } from "./framing.ts";
import type { Command, Result } from "./types.ts";
import { onAbort, pause } from "./waiting.ts";

/** sshd frees the slot of a closed session a moment after the client knows that it is closed: a failed open is repeated. */
const OPEN_TRIES = 100;
/** So often where the place may as well be another command's, which takes as long as it takes, or there may be no place at all. */
const FEW_TRIES = 12;
/** Milliseconds after an abort until the channel is closed under the command; the node ends it within about 5 s. */
const ABORT_GRACE = 10_000;
/** Milliseconds that login shell and sudo get to start a command, on a busy machine too. */
const START_LIMIT = 60_000;

/** Where a command runs. */
export interface Login {
  readonly client: Client;
  /** Names the host in messages. */
  readonly where: string;
  readonly user: string;
  readonly sessions: Sessions;
}

/** Counts the sessions of one connection. */
export class Sessions {
  running = 0;
  /** Whether sshd ever allowed one. */
  allowed = false;

  opened(channel: { once(event: "close", listener: () => void): unknown }): void {
    this.running += 1;
    this.allowed = true;
    channel.once("close", () => {
      this.running -= 1;
    });
  }
}

/**
 * Runs one command in a session of its own.
 * @throws NotStarted; SessionsFull; BrokenConnection; the signal's reason
 */
export async function runInChannel(login: Login, command: Command, as: As): Promise<Result> {
  const { client, where, user } = login;
  const { signal } = command;
  const framed = frame(command, as);
  const channel = await openChannel<ClientChannel>(login, signal, (done) =>
    client.exec(commandLine(framed), done),
  );
  // A channel that breaks while the payload is written ends in `close`, which `collect` sees.
  channel.on("error", () => {});
  let late = false;
  const starting = setTimeout(() => {
    late = true;
    channel.close();
  }, START_LIMIT);
  const onStart = () => {
    clearTimeout(starting);
    channel.write(framed.payload);
  };
  const streams = { stdout: channel, stderr: channel.stderr, events: channel };
  const outcome = collect(streams, command, framed.start && { marks: framed.start, onStart });
  let timer: NodeJS.Timeout | undefined;
  const abort = () => {
    channel.end();
    timer = setTimeout(() => channel.close(), ABORT_GRACE);
  };
  const off = onAbort(signal, abort);
  const { stdout, stderr, code, instead } = await outcome;
  clearTimeout(starting);
  clearTimeout(timer);
  off();
  channel.close();
  signal?.throwIfAborted();
  if (instead !== undefined && (late || code !== undefined)) throw new NotStarted(where, user, instead);
  if (code === undefined) {
    throw new BrokenConnection(
      `${where}: the connection broke while a command ran; whether it finished is unknown, what still ran there is ended. Run again`,
      instead === undefined,
    );
  }
  return { stdout, stderr, code };
}

/** @throws SessionsFull, BrokenConnection, UserError; with nothing sent */
export async function openChannel<T extends Parameters<Sessions["opened"]>[0]>(
  { where, sessions }: Login,
  signal: AbortSignal | undefined,
  open: (done: (error: Error | undefined, channel: T) => void) => unknown,
): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    signal?.throwIfAborted();
    try {
      const channel = await new Promise<T>((resolve, reject) =>
        open((error, channel) => (error ? reject(error) : resolve(channel))),
      );
      sessions.opened(channel);
      return channel;
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      const refused = message.includes("Channel open failure");
      if (!refused || tries >= OPEN_TRIES) {
        throw new BrokenConnection(`${where}: no channel could be opened: ${message}`, false);
      }
      if (tries >= FEW_TRIES && sessions.running > 0) throw new SessionsFull(sessions.running);
      if (tries >= FEW_TRIES && !sessions.allowed) {
        throw new UserError(
          `${where}: found that its sshd allows no session, expected at least one. To fix it: set MaxSessions 10 in ` +
            "/etc/ssh/sshd_config on it, then run there as root: systemctl reload ssh",
          1,
        );
      }
      await pause(30 + 20 * Math.min(tries, 10), signal);
    }
  }
}
