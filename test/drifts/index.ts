import { CLOUD } from "./cloud.ts";
import { CONTROL } from "./control.ts";
import { NODES } from "./nodes.ts";
import type { Drift } from "./types.ts";

export type { Drift } from "./types.ts";

/** Drifts of Lab002, of every service that can drift by itself. */
export const DRIFTS: readonly Drift[] = [...NODES, ...CONTROL, ...CLOUD];
