import { setTimeout } from "node:timers/promises";
import { lab, say } from "../measure/lab.ts";
import { noOps } from "../measure/no-op.ts";
import { type Up, type UpLine, upFigures } from "../measure/up.ts";
import { bake } from "./bake.ts";
import type { Figures } from "./figures.ts";
import { loginTimes } from "./login.ts";
import { memoryOf } from "./memory.ts";

/** How one figure is measured, and what it needs. */
export interface Measurement<Figure> {
  /** `nothing`: no lab of the benchmark is built; `lab`: this one is, in parallel. */
  readonly needs: "nothing" | "lab";
  /** Nodes are made from baked images. @default false */
  readonly baked?: boolean;
  /** Only where servers have a network. @default false */
  readonly network?: boolean;
  readonly measure: (stack: string) => Promise<Figure>;
}

/** By then services have started and memory pages are merged. */
const IDLE_MS = 120_000;
const REPEATS = 3;

/** In the order in which they are measured: a lab is built once for all that need one. */
export const MEASUREMENTS: { readonly [Name in keyof Figures]: Measurement<Figures[Name]> } = {
  sequential: { needs: "nothing", measure: (stack) => up(stack, "--sequential") },
  parallel: { needs: "nothing", measure: (stack) => up(stack) },
  "no-op": { needs: "lab", measure: (stack) => noOps(stack, REPEATS) },
  memory: {
    needs: "lab",
    measure: async (stack) => {
      say("waiting two minutes, then reading memory");
      await setTimeout(IDLE_MS);
      return memoryOf(stack);
    },
  },
  login: { needs: "lab", network: true, measure: (stack) => loginTimes(stack, REPEATS) },
  down: { needs: "lab", measure: async (stack) => (await lab(stack, "down", "--yes")).seconds },
  bake: { needs: "nothing", baked: true, measure: bake },
  baked: {
    needs: "nothing",
    baked: true,
    measure: async (stack) => {
      // Not part of the figure: a class does this once.
      await lab(stack, "image", "bake");
      return up(stack);
    },
  },
};

const up = async (stack: string, ...options: string[]): Promise<Up> =>
  upFigures(await lab<UpLine>(stack, "up", ...options));
