import type { Client, ClientChannel } from "ssh2";
import { collect } from "./collect.ts";
import { BrokenConnection } from "./errors.ts";
import { commandLine, frame } from "./framing.ts";
import type { Command, Result } from "./types.ts";
import { onAbort, pause } from "./waiting.ts";

/** sshd frees the slot of a closed session a moment after the client knows that it is closed: a failed open is repeated. */
const OPEN_TRIES = 100;
/** Milliseconds after an abort until the channel is closed by force. The node ends the command within about 5 s. */
const ABORT_GRACE = 10_000;

/**
 * Runs one command in a channel of its own.
 * @param where names the host in messages
 * @param sudo the command is root's, and the login is another user's
 * @throws BrokenConnection; the signal's reason
 */
export async function runInChannel(
  client: Client,
  where: string,
  command: Command,
  sudo = false,
): Promise<Result> {
  const { signal } = command;
  const framed = frame(command, sudo);
  const channel = await openChannel<ClientChannel>(where, signal, (done) =>
    client.exec(commandLine(framed), done),
  );
  const outcome = collect({ stdout: channel, stderr: channel.stderr, events: channel }, command);
  // A channel that breaks while the payload is written ends in `close`, which `collect` sees.
  channel.on("error", () => {});
  let timer: NodeJS.Timeout | undefined;
  const abort = () => {
    channel.end();
    timer = setTimeout(() => channel.close(), ABORT_GRACE);
  };
  channel.write(framed.payload);
  const off = onAbort(signal, abort);
  const { stdout, stderr, code } = await outcome;
  clearTimeout(timer);
  off();
  channel.close();
  signal?.throwIfAborted();
  if (code === undefined) {
    throw new BrokenConnection(
      `${where}: the connection broke while a command ran. Whether it finished is unknown; what still ran there is ended. Run it again`,
      true,
    );
  }
  return { stdout, stderr, code };
}

/** Opens a channel on a connection. @throws BrokenConnection, with nothing sent */
export async function openChannel<T>(
  where: string,
  signal: AbortSignal | undefined,
  open: (done: (error: Error | undefined, channel: T) => void) => unknown,
): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    signal?.throwIfAborted();
    try {
      return await new Promise<T>((resolve, reject) =>
        open((error, channel) => (error ? reject(error) : resolve(channel))),
      );
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      if (!message.includes("Channel open failure") || tries >= OPEN_TRIES) {
        throw new BrokenConnection(`${where}: no channel could be opened: ${message}`, false);
      }
      await pause(30 + 20 * Math.min(tries, 10), signal);
    }
  }
}
