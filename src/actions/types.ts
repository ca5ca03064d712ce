/** One thing that is not as it should be. */
export interface Difference {
  /** What was looked at, e.g. `[DEFAULT] debug` or `package nova-api`. */
  readonly what: string;
  readonly expected: string;
  readonly seen: string;
  /** Of a text, the lines that differ as `diff -u` shows them, secrets masked. */
  readonly diff?: string;
  /** Nothing could be seen: the node was too busy, or what looks failed. */
  readonly unseen?: true;
}

/**
 * What every kind of action can say about itself: text in, text out, no I/O. All shell is POSIX (`dash`), run with
 * `set -eu` as root, without any command-line argument that holds a secret (process lists are public).
 */
export interface Kind<A> {
  /** The commands a person would type, in order; for pages and for `--step`. */
  commands(action: A): string[];
  /** Idempotent shell that brings it about and prints what it does; run again it changes nothing. */
  script(action: A): string;
  /**
   * Shell that only reads, and prints an answer for each of the actions, of one node, for `compare`: parted by lines of `NEXT`
   * in the order of the actions, or one answer for all, of which each finds its own. Few processes, however many actions.
   */
  probe(actions: readonly A[]): string;
  /**
   * Empty when what `probe` printed is what is wanted.
   * @param secrets values that the action holds and nobody may see, nor what stands in their place. @default none
   */
  compare(action: A, answer: string, secrets?: readonly string[]): Difference[];
  /** Shell that takes the action back; empty where there is nothing to undo. */
  undo(action: A): string;
  /**
   * Shell that leaves the note by which `probe` knows of what was typed by hand; absent where the machine itself tells, empty
   * where the action does not say enough for it.
   */
  remember?(action: A): string;
}
