import { random } from "../measure/numbers.ts";

/** Kills of the engine in one measurement. */
export const KILLS = 10;
const EARLIEST = 5;
const LATEST = 40;

/**
 * Seconds from the first step of an `up` to the kill of its engine, one for each run: evenly distributed, and the same for the
 * same seed.
 */
export function moments(seed: number, count: number): number[] {
  const draw = random(seed);
  return Array.from({ length: count }, () => Math.round((EARLIEST + draw() * (LATEST - EARLIEST)) * 10) / 10);
}
