import type { OptionRow, OptionsOf } from "../engine/reading.ts";
import type { Context } from "./context.ts";

/** Options that every command takes, before or after its name. */
export interface CommonOptions {
  readonly stack?: string;
  readonly json?: boolean;
}

/** One call of a command. */
export interface Invocation<O extends object = object> {
  readonly context: Context;
  readonly options: CommonOptions & O;
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
  /** In commander's notation, with what it is: `<node>` is required, `[step...]` takes any number. */
  readonly arguments?: readonly (readonly [notation: string, meaning: string])[];
  /** Besides `--stack` and `--json`. */
  readonly options?: readonly OptionRow[];
  /** Everything after the first argument belongs to another command line. @default false */
  readonly passThrough?: boolean;
  /** @returns the exit code: 0 done, 1 not as it should be, 130 interrupted */
  run(invocation: Invocation): Promise<number>;
}

/** Defines a command. Its `run` gets the values of the options that are listed beside it, with their types. */
export const command = <const T extends readonly OptionRow[] = readonly []>(
  definition: Omit<CliCommand, "options" | "run"> & {
    readonly options?: T;
    readonly run: (invocation: Invocation<OptionsOf<T>>) => Promise<number>;
  },
): CliCommand => definition;
