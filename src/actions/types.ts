/** One thing that is not as it should be. */
export interface Difference {
  /** What was compared, e.g. `[DEFAULT] debug` or `package nova-api`. */
  readonly what: string;
  readonly expected: string;
  readonly seen: string;
  /** For a text: the lines that differ as `diff -u` shows them, secrets masked. */
  readonly diff?: string;
  /** What mends it, where doing the step again does not. @default the step does */
  readonly fix?: string;
  /** Nothing could be seen: the node was too busy, or the probe failed. */
  readonly unseen?: true;
}

/** The configuration that a step reads, as its node has it once the steps before are done. */
interface Configuration {
  /** Changes whenever any of it changes. */
  readonly hash: string;
  /** Files that hold it. */
  readonly files: readonly string[];
  /** Steps that write a part of one of these files (`ActionKind.writer`). */
  readonly writers: readonly string[];
}

/**
 * Everything about one kind of action: text in, text out, no I/O. All shell is POSIX (`dash`), run with `set -eu` as root. No
 * command-line argument holds a secret, for process lists are public.
 */
export interface ActionKind<A> {
  /** The commands that a person types, in order; for the handbook and for `--step`. */
  commands(action: A): string[];
  /** Idempotent shell that does the action and prints what it does. A second run changes nothing. */
  script(action: A): string;
  /**
   * Shell that only reads. It prints an answer for each of the actions, all of one node, for `compare`: separated by lines of `NEXT`
   * in the order of the actions, or one answer for all, in which each finds its own. It starts few processes, however many actions.
   */
  probe(actions: readonly A[]): string;
  /**
   * Compares the action with what `probe` printed; empty when nothing differs.
   * @param secrets values of the action that must not be shown; what a node has in their place must not be shown either. @default none
   */
  compare(action: A, answer: string, secrets?: readonly string[]): Difference[];
  /** Shell that takes the action back; empty when there is nothing to undo. */
  undo(action: A): string;
  /** Whether a step has an undo script, known before the values of its tokens are. @default true */
  hasUndo?(action: A): boolean;
  /**
   * Shell that leaves the note by which `probe` knows that the action was done by hand; empty when the action does not say enough
   * for it. Absent when the probe needs no note.
   */
  remember?(action: A): string;
  /** What the action will do, in one line without secrets. */
  summary(action: A): string;
  /** What its differences are about, when they do not say so themselves: a file. @default they say so */
  place?(action: A): string;
  /** Commands by which a person sees what the action has done. They change nothing. */
  look(action: A): string[];
  /**
   * Commands by which a person takes the action back; none when there is nothing to take back. `lab reset` takes more care: it keeps
   * what was there before the lab, and knows what else depends on it.
   */
  back(action: A): string[];
  /** Shell that exits 0 when the action holds; for a kind whose result has nothing else to compare. @default there is no such shell */
  holds?(action: A): string;
  /** The result is on the node itself, so no other broken step can make it look different from what it is. @default false */
  readonly local?: boolean;
  /** A node does one step of this kind at a time, in the order of the course. @default false */
  readonly oneAtATime?: boolean;
  /** Later steps of the same service on the same node read what it writes, if they are of a kind with `withConfiguration`. @default false */
  readonly configures?: boolean;
  /** Files that it writes. @default none */
  files?(action: A): readonly string[];
  /**
   * Identifies the step among those that write into the same file; becomes the action's `writer`. A step of another service that comes
   * directly after one with a writer reads its file too. @default the kind writes whole files, or none
   */
  writer?(action: A): string;
  /** The action together with the configuration that it reads. @default it reads none */
  withConfiguration?(action: A, configuration: Configuration): A;
  /** Debian packages that it installs: they are downloaded early or put into the node's image. @default none */
  installs?(action: A): readonly string[];
  /** systemd units that it starts or stops. @default none */
  units?(action: A): readonly { readonly name: string; readonly running: boolean }[];
}
