import type { StackConfig } from "../config/schema.ts";
import { local } from "./local/index.ts";
import type { Hardware } from "./types.ts";

/** Every kind of hardware that `hardware.kind` may name. */
export const HARDWARE = { local } satisfies Record<StackConfig["hardware"]["kind"], Hardware>;
