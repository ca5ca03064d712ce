import { code, one, table } from "../measure/markdown.ts";
import { median } from "../measure/numbers.ts";
import { type Built, cameBack, type Round } from "./figures.ts";

/** The figures for both sections. */
export interface Measured {
  readonly date: string;
  readonly machine: string;
  readonly source: string;
  readonly seed: number | undefined;
  readonly built: Built | undefined;
  /** Seconds of each run with nothing to do. */
  readonly nothing: readonly number[];
  /** Restore of the checkpoint after Keystone, and the build to the end: always measured. */
  readonly aim: Round | undefined;
  /** Restores of checkpoints in random order. */
  readonly rounds: readonly Round[];
}

/** Aim for the restore until all checks are ok, as a share of a whole `lab up`. */
const PART = 0.1;
/** Aim for a run with nothing to do, in seconds. */
const NOTHING = 8;

const seconds = (value: number | undefined): string => (value === undefined ? "never" : one(value));

/** For docs/reliability.md. */
export function reliability({ date, machine, source, seed, rounds }: Measured): string {
  return [
    "## Checkpoints",
    `Made by \`scripts/checkpoints\` on ${date}, of ${source}, with Lab002: ${machine}. Checkpoints that \`lab up\` took, in an order drawn from seed`,
    `${seed ?? "(none yet)"}. Each is restored, and its checks are repeated until all are ok. After every tenth, \`lab up\` builds the lab to its end.`,
    "",
    table(
      [
        "#",
        "checkpoint",
        "restore, s",
        "its checks ok after, s",
        "`lab up`, s",
        "all checks ok after, s",
        "ok",
      ],
      rounds.map((round, index) => [
        String(index + 1),
        code(round.checkpoint),
        one(round.restore),
        seconds(round.clean),
        round.on === undefined ? "" : one(round.on.up),
        round.on === undefined ? "" : seconds(round.on.whole),
        cameBack(round) ? "yes" : "no",
      ]),
    ),
  ].join("\n");
}

/** For docs/performance.md. */
export function performance({ date, machine, source, built, nothing, aim }: Measured): string {
  if (built === undefined) return "# Checkpoints\nNot measured yet.";
  const all = built.kept.reduce((sum, one) => sum + one.seconds, 0);
  const names = built.kept.flatMap((one) => one.names).length;
  const rows = [
    ["`lab up` of Lab002, with checkpoints", `${one(built.up)} s`, ""],
    [`of which for ${names} checkpoints, taken as ${built.kept.length}`, `${one(all)} s`, ""],
    ...(nothing.length === 0
      ? []
      : [
          [
            "`lab up` with nothing to do, with all probes",
            `${one(median(nothing))} s (${nothing.map(one).join(", ")})`,
            `within ${NOTHING} s`,
          ],
        ]),
    ...(aim === undefined
      ? []
      : [
          [`\`lab checkpoint restore ${aim.checkpoint}\``, `${one(aim.restore)} s`, ""],
          [
            "from its beginning until all its checks are ok",
            `${seconds(aim.clean)} s`,
            `at most ${one(built.up * PART)} s`,
          ],
          ...(aim.on === undefined ? [] : [["`lab up` from there to the end", `${one(aim.on.up)} s`, ""]]),
        ]),
  ];
  return [
    "# Checkpoints",
    `Made by \`scripts/checkpoints\` on ${date}, of ${source}: ${machine}.`,
    "",
    table(["what", "measured", "aim"], rows),
  ].join("\n");
}
