import { random } from "../measure/numbers.ts";

/** Kills of the engine in one measurement. */
export const KILLS = 10;
const EARLIEST = 5;
const LATEST = 40;

/**
 * Seconds after an `up` has begun to do something at which its engine is killed: one for each run, drawn evenly, the same
 * for the same seed.
 */
export function moments(seed: number, count: number): number[] {
  const draw = random(seed);
  return Array.from({ length: count }, () => Math.round((EARLIEST + draw() * (LATEST - EARLIEST)) * 10) / 10);
}
