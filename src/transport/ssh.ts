import type { Client } from "ssh2";
import { type Login, runInChannel, Sessions } from "./channel.ts";
import { addressOf, dial } from "./dial.ts";
import { retryBroken, SessionsFull } from "./errors.ts";
import { interact, type Terminal } from "./shell.ts";
import type { Command, Connection, Result } from "./types.ts";
import { copyTo, type Exec, type Source } from "./upload.ts";
import { abortable, Slots } from "./waiting.ts";

/**
 * sshd allows 10 sessions a connection (MaxSessions), and counts one for a moment after it is closed. Where it is set to allow
 * fewer, that is noticed.
 */
const CHANNELS = 8;

interface Entry {
  readonly slots: Slots;
  client?: Promise<Client>;
  sessions?: Sessions;
}

/** One connection for each host and login, shared by all its commands: opened when it is first needed, and again when it is lost. */
export class SshPool {
  readonly #entries = new Map<string, Entry>();
  readonly #closed = new AbortController();

  /**
   * Runs a command to its end, whatever its exit code. At most 8 run at once on one connection, the others wait.
   * @throws DialError where the host cannot be reached; NotStarted where the login shell or sudo refuses; BrokenConnection
   * where it was lost and a repeat may do harm; the signal's reason when aborted, after what ran on the host was ended
   */
  exec(connection: Connection, command: Command): Promise<Result> {
    const sudo = command.root === true && (connection.user ?? "root") !== "root";
    return this.#use(connection, command, (login) => runInChannel(login, command, sudo ? "root" : "login"));
  }

  /**
   * Copies a text, a file or a whole folder to the host, as the user who logs in. Repeated where the connection breaks.
   * @throws as `exec`; UserError where it cannot be written
   */
  upload(connection: Connection, source: Source, remotePath: string, signal?: AbortSignal): Promise<void> {
    const options = { idempotent: true, ...(signal && { signal }) };
    const exec: Exec = (command, stdin) =>
      this.exec(connection, { command, ...(stdin && { stdin }), ...(signal && { signal }) });
    return retryBroken(options, () => copyTo(exec, addressOf(connection), source, remotePath));
  }

  /** Opens a login shell at this process's terminal. @returns the shell's exit code */
  shell(connection: Connection, terminal: Terminal = process): Promise<number> {
    return this.#use(connection, {}, (login) => interact(login, terminal));
  }

  /** Ends all connections, and with them the commands that still run. The pool cannot be used afterwards. */
  close(): void {
    this.#closed.abort(new Error("the pool of SSH connections was closed"));
    for (const { client } of this.#entries.values()) client?.then((it) => it.end()).catch(() => {});
    this.#entries.clear();
  }

  async #use<T>(
    connection: Connection,
    options: Pick<Command, "idempotent" | "signal">,
    work: (login: Login) => Promise<T>,
  ): Promise<T> {
    const entry = this.#entry(connection);
    const whole = () => retryBroken(options, async () => work(await this.#login(entry, connection, options)));
    for (;;) {
      try {
        return await entry.slots.use(options.signal, whole);
      } catch (error) {
        if (!(error instanceof SessionsFull)) throw error;
        entry.slots.lower(error.running);
      }
    }
  }

  async #login(entry: Entry, connection: Connection, { signal }: Pick<Command, "signal">): Promise<Login> {
    const client = await abortable(this.#client(entry, connection), signal);
    const { sessions = new Sessions() } = entry;
    entry.sessions = sessions;
    return { client, where: addressOf(connection), user: connection.user ?? "root", sessions };
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
      if (entry.client !== client) return;
      delete entry.client;
      delete entry.sessions;
    };
    client.then((it) => it.once("close", forget), forget);
    return client;
  }
}
