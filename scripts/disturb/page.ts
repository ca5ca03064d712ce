import { code, one, table } from "../measure/markdown.ts";
import type { Disturbed } from "./disturb.ts";
import type { Drifted } from "./drift.ts";
import type { KilledRun } from "./kill.ts";
import type { Finished, Kills } from "./kills.ts";
import { STEADY } from "./recovery.ts";
import { AIM, verdict } from "./verdict.ts";

/** A disturbance, and how the lab recovered; undefined where it was not measured. */
export interface Row {
  readonly what: string;
  readonly disturbed: Disturbed | undefined;
}

/** A drift, and how it was found and reconciled; undefined where it was not tried. */
export interface DriftRow {
  readonly title: string;
  readonly step: string;
  readonly drifted: Drifted | undefined;
  readonly ok: boolean;
}

/** The figures for the page. */
export interface Measured {
  /** The day of the newest figure. */
  readonly date: string;
  readonly machine: string;
  /** The commit or commits that were measured. */
  readonly source: string;
  readonly kills: Kills;
  readonly restarts: readonly Row[];
  readonly services: readonly Row[];
  readonly drifts: readonly DriftRow[];
}

/** Checks that are named; of the others only the number is shown. */
const NAMED = 3;

/** docs/reliability.md. */
export function page({ date, machine, source, kills, restarts, services, drifts }: Measured): string {
  return [
    "# Reliability",
    `Made by \`scripts/reliability\` on ${date}, of ${source}, with Lab002: ${machine}.`,
    "",
    "## The engine killed while it builds",
    `\`kill -9\` of the engine, several times in one build. The moments are drawn from seed ${kills.seed ?? "(none yet)"}, counted from the first`,
    "step of a run. Each `lab up` continues where the one before it was killed.",
    "",
    table(["run", "killed after, s", "what was running", "ok"], kills.runs.map(killRow)),
    "",
    endOf(kills.end),
    "",
    "## Nodes restarted",
    "`incus restart --force`: a power cut. Measured from the cut to the end of the first `lab verify` that was clean and still clean",
    `${STEADY / 1000} s later, and to the first SSH login on the server \`web\` at its floating address. The aim is ${AIM} s for both.`,
    "",
    disturbances("nodes", restarts),
    "",
    "## Services restarted",
    "`systemctl restart` of the broker and of the database on the control node, measured in the same way.",
    "",
    disturbances("service", services),
    "",
    "## Drift",
    "A clean lab drifts in one way. `lab preview` names the step that drifted, `lab up` does it again, and `lab verify` is clean",
    "afterwards. Besides the step, only what is listed is done: units that read what it writes (restarted where they may have read",
    "the drifted files), and later steps that the same change made drift.",
    "",
    table(["drift", "step", "also done", "preview, s", "up, s", "ok"], drifts.map(driftRow)),
    "",
  ].join("\n");
}

function killRow({ ended, after, names }: KilledRun, index: number): string[] {
  const all = names.map(code).join(", ");
  const number = String(index + 1);
  if (ended === "killed") return [number, one(after ?? Number.NaN), all === "" ? "nothing" : all, "yes"];
  if (ended === "done") return [number, "", "nothing: the build had ended, and a new one began", "yes"];
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
  const up = `The last \`lab up\` ${end.ok ? "succeeded" : "failed"} after ${one(end.up)} s.`;
  if (end.seconds !== undefined) return `${up} \`lab verify\` was clean ${one(end.seconds)} s later.`;
  return `${up} \`lab verify\` did not become clean: ${end.last.map(code).join(", ")}.`;
}

const disturbances = (head: string, rows: readonly Row[]): string =>
  table(
    [head, "verify clean after, s", "`web` answers after, s", "last failed checks", "ok"],
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
