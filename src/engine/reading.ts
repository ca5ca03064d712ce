import { UserError } from "../config/errors.ts";
import type { Observed } from "./observed.ts";
import type { Stack } from "./stack.ts";

/** An option in commander's notation, `--share` or `--lab <id>`, and what it means. */
export type OptionRow = readonly [notation: string, meaning: string];

type NameOf<N extends string> = N extends `--${infer Name} <${string}>`
  ? Name
  : N extends `--${infer Name}`
    ? Name
    : never;

/** `take-over` → `takeOver`, as the values are called. */
type Camel<N extends string> = N extends `${infer Head}-${infer Tail}`
  ? `${Head}${Capitalize<Camel<Tail>>}`
  : N;

/** The values of options, by name: a text for `--lab <id>`, true for `--share`. */
export type OptionsOf<T extends readonly OptionRow[]> = {
  readonly [R in T[number] as Camel<NameOf<R[0]>>]?: R[0] extends `${string}<${string}` ? string : boolean;
};

/** What a reading is asked. */
export interface ReadingRequest<O extends object = object> {
  /** The stack; with an option `--lab <id>`, as if its file said this lab. */
  readonly stack: Stack;
  readonly options: O & { readonly json?: boolean };
  readonly args: readonly string[];
}

/** What a reading found, ready to be printed. */
export interface ReadingResult {
  /** For people, on standard output. @default nothing is printed */
  readonly lines?: readonly string[];
  /** For programs: one object a line. */
  readonly records: readonly object[];
  /** Remarks for people, on standard error; also with `--json`. @default none */
  readonly notes?: readonly string[];
  /** 1 when the stack is not as it should be. @default 0 */
  readonly code?: 0 | 1;
}

/**
 * A reading takes the course and what is known of a stack, and changes no lab. It is one constant in a folder of its own, and one
 * line in `src/cli/readings.ts`, which makes it a command. Heavy modules are imported in `read`, so that other commands do not
 * load them.
 */
export interface Reading {
  /** The command's name. */
  readonly name: string;
  readonly summary: string;
  /** In commander's notation: `<node>` is required, `[step...]` takes any number. */
  readonly arguments?: readonly (readonly [notation: string, meaning: string])[];
  readonly options?: readonly OptionRow[];
  /** @throws UserError (exit code 2) for an option or argument that is wrong */
  read(request: ReadingRequest): Promise<ReadingResult>;
}

/** Defines a reading. Its `read` gets the values of the options that are listed beside it, with their types. */
export const reading = <const T extends readonly OptionRow[] = readonly []>(
  definition: Omit<Reading, "options" | "read"> & {
    readonly options?: T;
    readonly read: (request: ReadingRequest<OptionsOf<T>>) => Promise<ReadingResult>;
  },
): Reading => definition;

/**
 * The state for a reading that also works from the configuration alone, before anything is set up.
 * @returns `why` the state cannot be read, with an empty state
 */
export async function stateIfReadable(stack: Stack): Promise<{ state: Observed; why?: string }> {
  try {
    return { state: await stack.state() };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const { NOTHING } = await import("./stack.ts");
    return { state: NOTHING, why: `the state of ${stack.name} cannot be read. ${error.message}` };
  }
}
