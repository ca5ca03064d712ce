import type { LimitName } from "./limits.ts";

/** How a node is reached over SSH. The fields have the names of `@pulumi/command`'s `remote.ConnectionArgs`. */
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
  /** How often a failed dial is repeated; -1: without end. @default 10 */
  readonly dialErrorLimit?: number;
  /** Seconds a dial may take; 0 for no limit. @default 15 */
  readonly perDialTimeout?: number;
  readonly proxy?: Omit<Connection, "proxy">;
}

/** Where a command's output goes while it runs. */
export interface Listener {
  /** Gets each chunk as it arrives. */
  readonly onStdout?: (text: string) => void;
  readonly onStderr?: (text: string) => void;
}

/** What to run. Neither the command nor its environment is in a process list on the node. */
export interface Command extends Listener {
  /** POSIX shell text. */
  readonly command: string;
  /** @default nothing: the command reads end of file */
  readonly stdin?: string | Uint8Array;
  readonly environment?: Readonly<Record<string, string>>;
  /** When aborted, the command and everything it started in its session on the node are ended. */
  readonly signal?: AbortSignal;
  /** Runs as root. For another login it uses `sudo -n`, which must need no password. @default false */
  readonly root?: boolean;
  /** The command may run twice: where the connection breaks it is sent again, up to 3 times. @default false */
  readonly idempotent?: boolean;
}

/** A command for this machine. */
export interface LocalCommand extends Omit<Command, "idempotent" | "root"> {
  /**
   * Program and arguments. The command is the last argument, and so in the process list.
   * @default `/bin/sh`, which reads the command on stdin
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

/** Where a script runs. */
export interface Endpoint {
  /** Names it in results: a node's name. */
  readonly name: string;
  /** How it is reached. @default the endpoint is this machine */
  readonly connection?: Connection;
}

/** What to run on an endpoint. It may run twice: a connection that breaks is dialled again. */
export interface Script {
  /** POSIX shell text. */
  readonly command: string;
  /** Which limit holds. */
  readonly limit: LimitName;
  /** On a node as root, whoever logs in. @default true */
  readonly root?: boolean;
  /** Gets the output line by line while the script runs, secrets masked. @default nobody */
  readonly onOutput?: (text: string) => void;
}

/** What became of one script. */
export type Outcome = { readonly seconds: number } & (
  | { readonly answer: Result }
  /** The endpoint could not be reached, or it was reached and the script did not end in time. `why` names the endpoint. */
  | { readonly failure: "unreachable" | "no answer"; readonly why: string }
);

/** What became of all scripts of one endpoint, in the order in which they were given. */
export interface Report<S extends Script> {
  readonly endpoint: Endpoint;
  /** Why the endpoint could not be reached. @default it was */
  readonly unreachable?: string;
  readonly outcomes: readonly { readonly script: S; readonly outcome: Outcome }[];
}
