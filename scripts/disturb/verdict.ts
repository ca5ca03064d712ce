import type { Disturbed } from "./disturb.ts";
import { type Kills, killed } from "./kills.ts";
import { KILLS } from "./moments.ts";

/** Seconds within which a lab is to be clean after its nodes were restarted. */
export const AIM = 120;

/** `late` came clean after the aim; `no` did not come clean, or its server did not answer. */
export type Verdict = "yes" | "late" | "no";

export function verdict({ seconds, web }: Disturbed): Verdict {
  if (seconds === undefined || web === undefined) return "no";
  return Math.max(seconds, web) <= AIM ? "yes" : "late";
}

/** Whether every run went on where the one before was killed, and the end was clean. */
export const cameClean = ({ runs, end }: Kills): boolean =>
  killed(runs) === KILLS &&
  runs.every(({ ended }) => ended !== "failed") &&
  end?.ok === true &&
  end.seconds !== undefined;
