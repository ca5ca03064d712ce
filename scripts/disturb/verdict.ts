import type { Disturbed } from "./disturb.ts";
import { type Kills, killed } from "./kills.ts";
import { KILLS } from "./moments.ts";

/** Aim in seconds for a clean lab after a disturbance. */
export const AIM = 120;

/** `late`: clean after the aim. `no`: not clean, or its server did not answer. */
export type Verdict = "yes" | "late" | "no";

export function verdict({ seconds, web }: Disturbed): Verdict {
  if (seconds === undefined || web === undefined) return "no";
  return Math.max(seconds, web) <= AIM ? "yes" : "late";
}

/** Whether every run continued where the one before was killed, and the end was clean. */
export const cameClean = ({ runs, end }: Kills): boolean =>
  killed(runs) === KILLS &&
  runs.every(({ ended }) => ended !== "failed") &&
  end?.ok === true &&
  end.seconds !== undefined;
