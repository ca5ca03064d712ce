import { quote } from "../../config/quote.ts";
import type { UnitAction } from "../../curriculum/actions.ts";
import { attempt, limited, MASK_URLS } from "../shell.ts";
import { type Change, WRITE_LOGS } from "../write-log.ts";
import { list, stamp } from "./script.ts";

const PROPERTIES =
  "ActiveState,SubState,UnitFileState,LoadState,InvocationID,StateChangeTimestampMonotonic,InactiveExitTimestamp";

/**
 * Shell that asks systemd once about all units, and probes at the same time whether those that run answer. It prints one answer for all
 * actions: systemd's, a block for each unit in the order of the line `Units=`; then with which configuration a unit was last started
 * (`Stamp=`), when files were last changed (`Changed=`, seconds since the epoch), which steps changed them when (`Wrote=`), which file of
 * somebody's changes the command of a unit (`Override=`), and which units do not answer (`Silent=`, joined by commas).
 */
export function probe(actions: readonly UnitAction[]): string {
  const units = [...new Set(actions.flatMap((action) => action.units))];
  const files = [...new Set(actions.flatMap((action) => action.files ?? []))];
  const asked = actions.filter(({ ready, running }) => ready !== undefined && running !== false);
  return [
    `echo ${quote(`Units=${units.join(" ")}`)}`,
    `systemctl show --timestamp=unix --property=${PROPERTIES} ${list(units)}`,
    "echo",
    ...units.map(
      (name) =>
        `if [ -e ${quote(stamp(name))} ]; then stamp=; read -r stamp <${quote(stamp(name))} || true; echo "Stamp="${quote(name)}" $stamp"; fi`,
    ),
    ...(files.length > 0 ? [`stat -c 'Changed=%.9Z %n' ${list(files)} 2>/dev/null || true`] : []),
    ...files.map(
      (name) =>
        `if [ -e ${quote(WRITE_LOGS + name)} ]; then while read -r change; do echo "Wrote="${quote(name)}" $change"; done <${quote(WRITE_LOGS + name)}; fi`,
    ),
    ...units.map(
      (name) =>
        `for drop in /etc/systemd/system/${quote(full(name))}.d/*.conf; do ! grep -qs '^ExecStart=' "$drop" || echo "Override="${quote(name)}" $drop"; done`,
    ),
    ...(asked.length > 0
      ? ["answers=$(mktemp -d -p /dev/shm)", ...asked.map(askInBackground), "wait", collect(asked.length)]
      : []),
  ].join("\n");
}

/** Writes what a unit prints instead of an answer into a file of its own; not on the disk, which may be full. */
function askInBackground({ units, ready = "true" }: UnitAction, index: number): string {
  const file = `"$answers/${index}"`;
  return `
(
${attempt(limited(ready), ` >${file}.said 2>&1`)}
[ "$code" = 0 ] || printf 'Silent=%s %s\\n' ${quote(units.join(","))} "$(tail -n 1 ${file}.said | ${MASK_URLS})" >${file}
) &`.trim();
}

const collect = (count: number): string =>
  `for index in $(seq 0 ${count - 1}); do [ ! -e "$answers/$index" ] || cat "$answers/$index"; done\nrm -rf "$answers"`;

/** What systemd and the node know about one unit. */
export interface Unit {
  readonly properties: ReadonlyMap<string, string>;
  /** Hash of the configuration with which a step last started it; undefined if no step did. */
  readonly hash: string | undefined;
  /** Nobody has started it since that step, as far as is known. */
  readonly startedByStep: boolean;
  /** A drop-in file of somebody's that changes the command. @default none does */
  readonly overriddenBy?: string;
}

/** The probe's answer, read. */
export interface ReadAnswer {
  readonly units: ReadonlyMap<string, Unit>;
  /** File → when it was last changed, in seconds since the epoch. */
  readonly changed: ReadonlyMap<string, string>;
  /** File → its changes by steps, oldest first. */
  readonly wrote: ReadonlyMap<string, readonly Change[]>;
  /** Names of an action's units, joined by commas → what was seen instead of an answer. */
  readonly silent: ReadonlyMap<string, string>;
}

export function readAnswer(answer: string): ReadAnswer {
  const [blocks, rest] = cut(answer);
  const entries = (key: string) =>
    rest.filter((line) => line.startsWith(`${key}=`)).map((line) => pair(line.slice(key.length + 1), " "));
  const stamps = new Map(entries("Stamp"));
  const overrides = new Map(entries("Override"));
  const names = blocks[0]?.[0]?.replace("Units=", "").split(" ") ?? [];
  const shown = [blocks[0]?.slice(1) ?? [], ...blocks.slice(1)];
  const units = names.flatMap((name, index): [string, Unit][] => {
    const properties = new Map((shown[index] ?? []).map((line) => pair(line, "=")));
    if (properties.size === 0) return [];
    const [hash, life = ""] = stamps.get(name)?.split(" ") ?? [];
    const now = `${properties.get("InvocationID")}:${properties.get("StateChangeTimestampMonotonic")}`;
    const overriddenBy = overrides.get(name);
    const known = { properties, hash, startedByStep: life === "" || life === now };
    return [[name, overriddenBy === undefined ? known : { ...known, overriddenBy }]];
  });
  return {
    units: new Map(units),
    changed: new Map(entries("Changed").map(([time, file]) => [file, time])),
    wrote: changes(entries("Wrote")),
    silent: new Map(entries("Silent")),
  };
}

function changes(lines: readonly (readonly [string, string])[]): Map<string, Change[]> {
  const all = new Map<string, Change[]>();
  for (const [file, line] of lines) {
    const [time, by] = pair(line, " ");
    all.set(file, [...(all.get(file) ?? []), { time, by }]);
  }
  return all;
}

/** systemd's blocks, which are separated by empty lines, and the lines with a key after them. */
function cut(answer: string): [blocks: string[][], rest: string[]] {
  const blocks: string[][] = [[]];
  const rest: string[] = [];
  for (const line of answer.split("\n")) {
    if (/^(Stamp|Changed|Wrote|Override|Silent)=/.test(line)) rest.push(line);
    else if (line === "") blocks.push([]);
    else blocks.at(-1)?.push(line);
  }
  return [blocks, rest];
}

/** The name of a unit with its type. */
const full = (name: string): string => (name.includes(".") ? name : `${name}.service`);

function pair(text: string, by: string): [string, string] {
  const at = text.indexOf(by);
  return at < 0 ? [text, ""] : [text.slice(0, at), text.slice(at + by.length)];
}
