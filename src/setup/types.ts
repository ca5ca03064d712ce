/** `ok`: as it should be. `warn`: a lab works, but slower or with less. `missing`: no lab can be built before it is fixed. */
export type State = "ok" | "warn" | "missing";

export interface Finding {
  /** What was found, in a few words: a version, a size, `not running`. */
  readonly found: string;
  readonly state: State;
  /** Replaces the requirement's `fix.text` where the fix depends on what was found. */
  readonly fix?: string;
}

/** Prints one line of progress. */
export type Say = (line: string) => void;

/** Something that this machine needs. Each is one file in `src/setup/requirements/`. */
export interface Requirement {
  readonly id: string;
  readonly title: string;
  /** What does not work without it. */
  readonly neededBy: string;
  /** Changes nothing. Does not throw for anything that it may find. */
  probe(): Promise<Finding>;
  readonly fix: {
    /** The command to type, or what to decide. */
    readonly text: string;
    /** Provides it. Absent where only a person can (more memory, another machine). */
    readonly run?: (say: Say) => Promise<void>;
    /** A quick set-up leaves it out, because the first lab does not need it. @default false */
    readonly later?: boolean;
  };
}

/** One line of `lab doctor`. */
export interface DoctorRow {
  readonly id: string;
  readonly title: string;
  readonly found: string;
  readonly state: State;
  /** The fix: a command, or what to decide; empty when the state is `ok`. A key of `lab doctor --json`. */
  readonly mend: string;
}
