import type { Lab } from "../../src/curriculum/types.ts";
import type { Figures } from "./figures.ts";
import { MEASUREMENTS } from "./measurements.ts";

/** One measurement of one lab. */
export interface Planned {
  /** `lab002:baked`. */
  readonly id: string;
  readonly lab: string;
  readonly name: keyof Figures;
}

/** All measurements in order, lab by lab. */
export function plan(labs: readonly Lab[]): Planned[] {
  return labs.flatMap((lab) => {
    const network = lab.roles.includes("network");
    const names = Object.keys(MEASUREMENTS) as (keyof Figures)[];
    return names
      .filter((name) => network || !MEASUREMENTS[name].network)
      .map((name) => ({ id: `${lab.id}:${name}`, lab: lab.id, name }));
  });
}
