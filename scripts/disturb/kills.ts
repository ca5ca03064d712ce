import { lab, runLab, say } from "../measure/lab.ts";
import type { Results } from "../measure/results.ts";
import { type KilledRun, killedUp } from "./kill.ts";
import { KILLS, moments } from "./moments.ts";
import { type Recovery, recovery } from "./recovery.ts";
import { verify } from "./verify.ts";

/** How the build ended. */
export interface Finished extends Recovery {
  /** Whether the last `up` succeeded. */
  readonly ok: boolean;
  /** Seconds that the last `up` took. */
  readonly up: number;
}

/** Figures are kept as `kills:<number of the run>` and `kills:end`, below the seed of the moments. */
const SEED = "kills";
const END = "kills:end";
const nameOfRun = (index: number): string => `kills:${index + 1}`;

/** Runs after which no more kills are tried. */
const MOST_RUNS = 2 * KILLS;

/** The figures that there are. */
export interface Kills {
  readonly seed?: number;
  readonly runs: readonly KilledRun[];
  readonly end?: Finished;
}

export function readKills(results: Results): Kills {
  const seed = results.read<number>(SEED);
  const end = results.read<Finished>(END);
  const runs: KilledRun[] = [];
  for (let index = 0; index < MOST_RUNS; index += 1) {
    const run = results.read<KilledRun>(nameOfRun(index));
    if (run === undefined) break;
    runs.push(run);
  }
  return { runs, ...(seed === undefined ? {} : { seed }), ...(end === undefined ? {} : { end }) };
}

/**
 * Builds a lab in runs whose engine is killed, and a last one that is not.
 * @param seed of the moments; a new one starts again. @default the one that is kept, else a random one
 */
export async function kills(stack: string, results: Results, seed?: number): Promise<void> {
  const before = readKills(results);
  const used = seed ?? before.seed ?? Math.floor(Math.random() * 1e9);
  say(`moments are drawn from seed ${used}`);
  if (used !== before.seed) {
    results.remove(SEED);
    results.write(SEED, used);
  }
  const drawn = moments(used, MOST_RUNS);
  for (;;) {
    const { runs, end } = readKills(results);
    if (end !== undefined) return;
    const previous = runs.at(-1);
    const after = drawn[runs.length];
    if (after === undefined || killed(runs) === KILLS) break;
    // Where the build ended, a new one begins.
    if (previous === undefined || previous.ended === "done") await lab(stack, "down", "--yes");
    results.write(nameOfRun(runs.length), await killedUp(stack, after));
  }
  const { code, seconds } = await runLab(stack, ["up"]);
  results.write(END, { ok: code === 0, up: seconds, ...(await recovery(() => verify(stack))) });
}

export const killed = (runs: readonly KilledRun[]): number =>
  runs.filter(({ ended }) => ended === "killed").length;
