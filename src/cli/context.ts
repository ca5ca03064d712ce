import type { LabPort } from "./lab-port.ts";

/** A stream that is written to. */
export interface Sink {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly rows?: number;
}

/** The world of a command: everything it reads from or does to its surroundings. */
export interface Context {
  readonly lab: LabPort;
  /** Results. */
  readonly stdout: Sink;
  /** Progress and complaints. */
  readonly stderr: Sink;
  readonly stdin: {
    readonly isTTY: boolean;
    /** All of it, to its end; `undefined` where there is none or nothing comes. */
    readAll(): Promise<string | undefined>;
    /** One line that a person types. */
    ask(question: string): Promise<string>;
  };
  readonly env: NodeJS.ProcessEnv;
  /** Folder of the stack files. */
  readonly stacks: string;
  /** Where the stack used last is remembered. */
  readonly home: string;
  /** Calls back on Ctrl-C (and when asked to terminate). @returns what undoes it */
  onInterrupt(act: () => void): () => void;
  /** Calls back when this process ends, however it ends. @returns what undoes it */
  onExit(act: () => void): () => void;
  /** Ends this process at once. */
  exit(code: number): void;
}
