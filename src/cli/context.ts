import type { LabPort } from "./lab-port.ts";

/** A stream that is written to. */
export interface Sink {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly rows?: number;
}

/** The surroundings of a command: everything that it reads or changes outside itself. */
export interface Context {
  readonly lab: LabPort;
  /** Results. */
  readonly stdout: Sink;
  /** Progress and errors. */
  readonly stderr: Sink;
  readonly stdin: {
    readonly isTTY: boolean;
    /** Everything up to its end. @returns undefined when there is no input */
    readAll(): Promise<string | undefined>;
    /** One line that a person types. */
    ask(question: string): Promise<string>;
  };
  readonly env: NodeJS.ProcessEnv;
  /** Folder of the stack files. */
  readonly stacks: string;
  /** Folder where the stack used last is remembered. */
  readonly home: string;
  /** Calls back on Ctrl-C, and on signals to terminate. @returns a function that stops it */
  onInterrupt(act: () => void): () => void;
  /** Calls back when this process ends, for any reason. @returns a function that stops it */
  onExit(act: () => void): () => void;
  /** Ends this process at once. */
  exit(code: number): void;
}
