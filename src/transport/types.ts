/** Where and how a node is reached. The field names are those of `@pulumi/command`'s `remote.ConnectionArgs`. */
export interface Connection {
  readonly host: string;
  /** @default 22 */
  readonly port?: number;
  /** @default root */
  readonly user?: string;
  readonly privateKey?: string;
  readonly privateKeyPassword?: string;
  readonly password?: string;
  /** `ssh-ed25519 AAAA…`: the only key that is accepted. */
  readonly hostKey?: string;
  readonly agentSocketPath?: string;
  /** How often a failed dial is tried again; -1 for ever. @default 10 */
  readonly dialErrorLimit?: number;
  /** Seconds a dial may take; 0 for no limit. @default 15 */
  readonly perDialTimeout?: number;
  readonly proxy?: Omit<Connection, "proxy">;
}

/** Where a command's output goes while it runs. */
export interface Listener {
  /** Called with each chunk as it arrives. */
  readonly onStdout?: (text: string) => void;
  readonly onStderr?: (text: string) => void;
}

/** What to run. Neither the command nor its environment ever stands in a process list on the node. */
export interface Command extends Listener {
  /** POSIX shell text. */
  readonly command: string;
  /** @default nothing: the command reads end of file */
  readonly stdin?: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** When aborted, the command and all it started in its session on the node are ended. */
  readonly signal?: AbortSignal;
  /** As root, whoever logs in: through `sudo -n` where that is another user, who must be let without a password. @default false */
  readonly root?: boolean;
  /** The caller's promise that doing it twice does no harm: a connection that breaks is dialled again, up to 3 times. @default false */
  readonly idempotent?: boolean;
}

/** A command of this machine. */
export interface LocalCommand extends Omit<Command, "idempotent" | "root"> {
  /**
   * Program and arguments that get the command as last argument, so that it stands in the process list.
   * @default `/bin/sh`, which reads the command unseen
   */
  readonly interpreter?: readonly string[];
  /** @default the working directory of this process */
  readonly dir?: string;
}

export interface Result {
  readonly stdout: string;
  readonly stderr: string;
  /** Exit code; 128 + n for a signal. */
  readonly code: number;
}
