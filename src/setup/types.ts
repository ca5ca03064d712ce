/** `ok`: will do. `warn`: works, but worse, or differently. `missing`: no lab can be built before it is mended. */
export type State = "ok" | "warn" | "missing";

export interface Finding {
  /** What is there, in a few words: a version, a size, `not running`. */
  readonly found: string;
  readonly state: State;
  /** Replaces the requirement's own `mend.text` where the cure depends on what was found. */
  readonly mend?: string;
}

/** Says one line of progress to the person who waits. */
export type Say = (line: string) => void;

/** Something this machine must have. One file each in `src/setup/requirements/`. */
export interface Requirement {
  readonly id: string;
  readonly title: string;
  /** What would not work without it. */
  readonly neededBy: string;
  /** Looks, changes nothing. Never throws for what it may find. */
  probe(): Promise<Finding>;
  readonly mend: {
    /** What a person would type, or decide. */
    readonly text: string;
    /** Does it. Absent where only a person can (more memory, another machine). */
    readonly run?: (say: Say) => Promise<void>;
    /** Left out of a quick set-up: the first lab does not need it. @default false */
    readonly later?: boolean;
  };
}

/** One line of `lab doctor`. */
export interface DoctorRow {
  readonly id: string;
  readonly title: string;
  readonly found: string;
  readonly state: State;
  /** The command or decision that mends it; empty when the state is `ok`. */
  readonly mend: string;
}
