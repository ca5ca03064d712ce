import { code, one, table } from "../measure/markdown.ts";
import type { Disturbed } from "./disturb.ts";
import type { Drifted } from "./drift.ts";
import type { KilledRun } from "./kill.ts";
import type { Finished, Kills } from "./kills.ts";
import { STEADY } from "./recovery.ts";
import { AIM, verdict } from "./verdict.ts";

/** A disturbance, and how the lab came back; undefined where it was not measured. */
export interface Row {
  readonly what: string;
  readonly disturbed: Disturbed | undefined;
}

/** A drift, and how it was found and mended; undefined where it was not tried. */
export interface DriftRow {
  readonly title: string;
  readonly step: string;
  readonly drifted: Drifted | undefined;
  readonly ok: boolean;
}

/** What the page is made of. */
export interface Measured {
  /** The day of the newest figure. */
  readonly date: string;
  readonly machine: string;
  /** The commit that was measured, or several. */
  readonly source: string;
  readonly kills: Kills;
  readonly restarts: readonly Row[];
  readonly services: readonly Row[];
  readonly drifts: readonly DriftRow[];
}

/** More checks than these only say that much was down. */
const NAMED = 3;

/** docs/reliability.md. */
export function page({ date, machine, source, kills, restarts, services, drifts }: Measured): string {
  return [
    "# Reliability",
    `Made by \`scripts/reliability\` on ${date}, of ${source}, with Lab002: ${machine}.`,
    "",
    "## The engine killed while it builds",
    `\`kill -9\` of the engine, again and again in one build; the moments are drawn from seed ${kills.seed ?? "(none yet)"}, counted from the first`,
    "thing that a run does. Each `lab up` goes on where the one before it was killed.",
    "",
    table(["run", "killed after, s", "what was running", "ok"], kills.runs.map(killRow)),
    "",
    endOf(kills.end),
    "",
    "## Nodes restarted",
    "`incus restart --force`: a power cut. Measured from the cut to the end of the first `lab verify` that was clean and, looked at again",
    `${STEADY / 1000} s later, still was; and to the first SSH login on the server \`web\` at its floating address. The aim is ${AIM} s for both.`,
    "",
    disturbances("nodes", restarts),
    "",
    "## Services restarted",
    "The broker and the database that all others talk through, by `systemctl restart` on the control node; measured likewise.",
    "",
    disturbances("service", services),
    "",
    "## Machines changed behind the lab's back",
    "Each is done to a clean lab; `lab preview` names the step that no longer holds, `lab up` does it again, and `lab verify` is clean",
    "afterwards. Besides the step nothing is done but what is listed: units that read what it writes (restarted where they may run with",
    "what was there in between), and steps behind it that the same change has undone.",
    "",
    table(
      ["what was done", "named and done again", "besides", "preview, s", "up, s", "ok"],
      drifts.map(driftRow),
    ),
    "",
  ].join("\n");
}

function killRow({ ended, after, names }: KilledRun, index: number): string[] {
  const all = names.map(code).join(", ");
  const number = String(index + 1);
  if (ended === "killed") return [number, one(after ?? Number.NaN), all === "" ? "nothing" : all, "yes"];
  if (ended === "done") return [number, "", "nothing: the build was done before, and begun anew", "yes"];
  return [number, "", `failed by itself: ${all === "" ? "before any step" : all}`, "no"];
}

function driftRow({ title, step, drifted, ok }: DriftRow): string[] {
  if (drifted === undefined) return [title, code(step), "not tried", "", "", ""];
  const besides = drifted.again.filter((name) => name !== step).map(code);
  const wrong = ok ? [] : [`named: ${drifted.named.map(code).join(", ")}`, ...drifted.failed.map(code)];
  return [
    title,
    code(step),
    [...besides, ...wrong].join(", "),
    one(drifted.preview),
    one(drifted.up),
    ok ? "yes" : "no",
  ];
}

function endOf(end: Finished | undefined): string {
  if (end === undefined) return "The end was not measured.";
  const up = `The last \`lab up\` ${end.ok ? "came to its end" : "failed"} after ${one(end.up)} s.`;
  if (end.seconds !== undefined) return `${up} \`lab verify\` was clean ${one(end.seconds)} s later.`;
  return `${up} \`lab verify\` did not come clean: ${end.last.map(code).join(", ")}.`;
}

const disturbances = (head: string, rows: readonly Row[]): string =>
  table(
    [head, "verify clean after, s", "`web` answers after, s", "last to come back", "ok"],
    rows.map(({ what, disturbed }) =>
      disturbed === undefined
        ? [what, "not measured", "", "", ""]
        : [what, time(disturbed.seconds), time(disturbed.web), lastOf(disturbed.last), verdict(disturbed)],
    ),
  );

const time = (seconds: number | undefined): string => (seconds === undefined ? "never" : one(seconds));

function lastOf(names: readonly string[]): string {
  const more = names.length > NAMED ? [`${names.length - NAMED} more`] : [];
  return [...names.slice(0, NAMED).map(code), ...more].join(", ");
}
