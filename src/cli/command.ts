import type { Context } from "./context.ts";

/** What was typed. */
export interface Options {
  readonly stack?: string;
  readonly json?: boolean;
  readonly lab?: string;
  readonly yes?: boolean;
  readonly sequential?: boolean;
  readonly all?: boolean;
  readonly through?: string;
  readonly step?: boolean;
  readonly undo?: boolean;
  readonly out?: string;
  readonly share?: boolean;
  readonly format?: string;
  readonly watch?: boolean;
  readonly quick?: boolean;
}

export interface Invocation {
  readonly context: Context;
  readonly options: Options;
  readonly args: readonly string[];
}

/** Commands under one name, e.g. `image bake`. */
export interface CliGroup {
  readonly name: string;
  readonly summary: string;
  readonly commands: readonly CliCommand[];
}

/** A command: one file each in `commands/`. */
export interface CliCommand {
  readonly name: string;
  readonly summary: string;
  /** In commander's notation, with what it is: `<node>` one that must be there, `[step...]` any number. */
  readonly arguments?: readonly (readonly [notation: string, meaning: string])[];
  /** Besides `--stack` and `--json`. */
  readonly options?: readonly (readonly [notation: string, meaning: string])[];
  /** Everything behind the first argument belongs to somebody else's command line. @default false */
  readonly passThrough?: boolean;
  /** @returns the exit code: 0 done, 1 not as it should be, 130 interrupted */
  readonly run: (invocation: Invocation) => Promise<number>;
}
