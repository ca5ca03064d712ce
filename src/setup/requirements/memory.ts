import { totalmem } from "node:os";
import type { Finding, Requirement } from "../types.ts";

const GIB = 2 ** 30;

/** An idle Lab002 takes less than 4.5 GB, a Lab001 less than 3. Building takes as much again. */
export function memoryFinding(bytes: number): Finding {
  const gib = bytes / GIB;
  const state = gib >= 9.5 ? "ok" : gib >= 7.5 ? "warn" : "missing";
  return { found: `${gib.toFixed(1)} GiB`, state };
}

export const memory: Requirement = {
  id: "memory",
  title: "memory",
  neededBy: "the nodes",
  probe: async () => memoryFinding(totalmem()),
  fix: {
    text: "10 GiB or more; with less, build Lab001 alone, or set fewer nodes or smaller `memory` limits in the stack file",
  },
};
