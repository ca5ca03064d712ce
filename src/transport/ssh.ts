import type { Client } from "ssh2";
import { runInChannel } from "./channel.ts";
import { addressOf, dial } from "./dial.ts";
import { retryBroken } from "./errors.ts";
import { interact, type Terminal } from "./shell.ts";
import type { Command, Connection, Result } from "./types.ts";
import { copyTo, type Source } from "./upload.ts";
import { abortable, Slots } from "./waiting.ts";

/** sshd allows 10 sessions a connection (MaxSessions), and counts one for a moment after it is closed. */
const CHANNELS = 8;

interface Entry {
  readonly slots: Slots;
  client?: Promise<Client>;
}

/** One connection for each host and login, shared by all its commands: opened when it is first needed, and again when it is lost. */
export class SshPool {
  readonly #entries = new Map<string, Entry>();
  readonly #closed = new AbortController();

  /**
   * Runs a command, whatever its exit code. At most 8 run at the same time on one connection; the others wait.
   * @throws DialError where the host is unreachable; BrokenConnection where the connection was lost and a repeat is not safe; the
   * signal's reason when aborted, after the command was ended on the host
   */
  exec(connection: Connection, command: Command): Promise<Result> {
    const where = addressOf(connection);
    const sudo = command.root === true && (connection.user ?? "root") !== "root";
    return this.#use(connection, command, (client) => runInChannel(client, where, command, sudo));
  }

  /** Copies a text, a file or a folder to the host. It is repeated where the connection breaks. */
  upload(connection: Connection, source: Source, remotePath: string, signal?: AbortSignal): Promise<void> {
    const options = { idempotent: true, ...(signal && { signal }) };
    return this.#use(connection, options, (client) =>
      copyTo(client, addressOf(connection), source, remotePath),
    );
  }

  /** Opens a login shell at this process's terminal. @returns the shell's exit code */
  shell(connection: Connection, terminal: Terminal = process): Promise<number> {
    return this.#use(connection, {}, (client) => interact(client, addressOf(connection), terminal));
  }

  /** Ends all connections, and with them the commands that still run. The pool cannot be used afterwards. */
  close(): void {
    this.#closed.abort(new Error("the pool of SSH connections was closed"));
    for (const { client } of this.#entries.values()) client?.then((it) => it.end()).catch(() => {});
    this.#entries.clear();
  }

  #use<T>(
    connection: Connection,
    options: Pick<Command, "idempotent" | "signal">,
    work: (client: Client) => Promise<T>,
  ): Promise<T> {
    const entry = this.#entry(connection);
    return entry.slots.use(options.signal, () =>
      retryBroken(options, async () =>
        work(await abortable(this.#client(entry, connection), options.signal)),
      ),
    );
  }

  #entry(connection: Connection): Entry {
    const { dialErrorLimit: _limit, perDialTimeout: _timeout, ...identity } = connection;
    const key = JSON.stringify(Object.entries(identity).sort(([a], [b]) => (a < b ? -1 : 1)));
    const entry = this.#entries.get(key) ?? { slots: new Slots(CHANNELS) };
    this.#entries.set(key, entry);
    return entry;
  }

  #client(entry: Entry, connection: Connection): Promise<Client> {
    if (entry.client) return entry.client;
    const client = dial(connection, this.#closed.signal);
    entry.client = client;
    const forget = () => {
      if (entry.client === client) delete entry.client;
    };
    client.then((it) => it.once("close", forget), forget);
    return client;
  }
}
