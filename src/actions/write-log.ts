import { programText } from "../config/program-text.ts";
import { STATE } from "./shell.ts";

/**
 * Folder with a log for each file that several steps write into, under the file's own path. A line for each change, oldest first:
 * `<time> <writer>`. The time is the change time of the inode, in seconds since the epoch with nine decimals.
 */
export const WRITE_LOGS = `${STATE}/written`;

/** The writer of a change that no step made. It is noticed when a step writes the next time. */
export const UNKNOWN_WRITER = "-";

/** A line of a write log. */
export interface Change {
  readonly time: string;
  readonly by: string;
}

/**
 * Whether one of the given writers, or an unknown one, has changed a file since a moment.
 * @param time when the file was last changed
 * @param since seconds since the epoch
 */
export function touchedSince(
  since: number,
  time: string,
  changes: readonly Change[],
  writers: readonly string[],
): boolean {
  const later = (moment: string): boolean => Number(moment) >= since;
  const known = changes.at(-1)?.time === time;
  if (!known && later(time)) return true;
  return changes.some((change) => later(change.time) && [UNKNOWN_WRITER, ...writers].includes(change.by));
}

/** The shell function `touched FILE SINCE`, which decides the same on a node. */
export const touchedFunction = (writers: readonly string[]): string =>
  programText("actions/touched.sh", {
    WRITE_LOGS,
    WRITERS: [UNKNOWN_WRITER, ...writers].join(" "),
  });
