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

/** What to run. Neither the command nor its environment ever stands in a process list on the node. */
export interface Command {
  readonly command: string;
  readonly stdin?: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** Called with each chunk as it arrives. */
  readonly onStdout?: (text: string) => void;
  readonly onStderr?: (text: string) => void;
  /** When aborted, the process (its whole group) on the node is ended. */
  readonly signal?: AbortSignal;
}

export interface Result {
  readonly stdout: string;
  readonly stderr: string;
  /** Exit code; 128 + n for a signal. */
  readonly code: number;
}
