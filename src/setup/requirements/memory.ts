import { totalmem } from "node:os";
import type { Finding, Requirement } from "../types.ts";

const GIB = 2 ** 30;

/** Lab002 idles below 4.5 GB, Lab001 below 3, and needs as much again while databases are filled and packages unpacked. */
export function judgeMemory(bytes: number): Finding {
  const gib = bytes / GIB;
  const state = gib >= 9.5 ? "ok" : gib >= 7.5 ? "warn" : "missing";
  return { found: `${gib.toFixed(1)} GiB`, state };
}

export const memory: Requirement = {
  id: "memory",
  title: "memory",
  neededBy: "the nodes",
  probe: async () => judgeMemory(totalmem()),
  mend: {
    text: "10 GiB or more; with less, build Lab001 alone, or set fewer nodes or smaller `memory` limits in the stack's file",
  },
};
