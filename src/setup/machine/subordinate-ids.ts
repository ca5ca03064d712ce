/** Ids that Incus sets aside for one node. */
const IDS_OF_A_NODE = 65_536;

/** Nodes that a machine must have ids for: a large class on one machine. The first node's ids begin behind the machine's own share. */
export const NODES = 200;

const WANTED = (NODES + 1) * IDS_OF_A_NODE;

/** Where Debian's own package of Incus puts them, and how many that are. */
const FIRST = 1_000_000;
const COUNT = 1_000_000_000;
/** Ids are numbers of 32 bits. */
const LAST = 2 ** 32 - 1;

interface Range {
  readonly user: string;
  readonly first: number;
  readonly count: number;
}

/** The ranges in the text of `/etc/subuid` or `/etc/subgid`. Lines that are none are ignored, as the tools do. */
function ranges(text: string): Range[] {
  return text.split("\n").flatMap((line) => {
    const [, user, first, count] = /^([^:#\s]+):(\d+):(\d+)\s*$/.exec(line) ?? [];
    return user === undefined ? [] : [{ user, first: Number(first), count: Number(count) }];
  });
}

const isRoots = ({ user }: Range): boolean => user === "root" || user === "0";

/** How many nodes root has ids for. Incus takes isolated ids from the first range alone; 0 where root has none. */
export function nodesWithIds(text: string): number {
  const count = ranges(text).find(isRoots)?.count ?? 0;
  return Math.max(0, Math.floor(count / IDS_OF_A_NODE) - 1);
}

/**
 * The line that gives root ids in one of the two files: the same as in the other one, which Incus expects, else behind everybody
 * else's, as ids of two users must not overlap.
 * @returns undefined where root has a range already, or no room is left
 */
export function lineForRoot(text: string, other: string): string | undefined {
  const here = ranges(text);
  if (here.some(isRoots)) return undefined;
  const there = ranges(other);
  const same = there.find(isRoots);
  const all = [...here, ...there];
  const first = same?.first ?? all.reduce((next, { first, count }) => Math.max(next, first + count), FIRST);
  const count = same?.count ?? Math.min(COUNT, LAST - first);
  const overlaps = here.some((one) => one.first < first + count && first < one.first + one.count);
  return overlaps || count < WANTED ? undefined : `root:${first}:${count}`;
}
