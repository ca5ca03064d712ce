import { STATE } from "./shell.ts";

/**
 * Of each file that several steps write into, under its own path: who changed it when, a line each, `<time> <writer>`. The
 * time is that of its inode, in seconds since the epoch with nine decimals.
 */
export const WRITTEN = `${STATE}/written`;

/** Writer of a change that is none of ours, seen when the next of ours was made. */
export const STRANGER = "-";

/** A line of `WRITTEN`. */
export interface Change {
  readonly time: string;
  readonly by: string;
}

/**
 * Whether a file was changed since a moment by one of its writers that matter, or by a stranger.
 * @param time its last change, as it is now
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
  return changes.some((change) => later(change.time) && [STRANGER, ...writers].includes(change.by));
}

/** Shell function `touched FILE SINCE`: the same on a node. */
export const touched = (writers: readonly string[]): string =>
  `
touched() {
  cat "${WRITTEN}$1" 2>/dev/null |
    awk -v since="$2" -v time="$(stat -c %.9Z "$1" 2>/dev/null || echo 0)" -v by=" ${[STRANGER, ...writers].join(" ")} " '
      { last = $1; if ($1 + 0 >= since && index(by, " " $2 " ")) found = 1 }
      END { exit !(found || (time + 0 >= since && time "" != last "")) }'
}`.trim();
