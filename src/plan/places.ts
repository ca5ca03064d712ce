import type { StackConfig } from "../config/schema.ts";
import { hardwareOf } from "../hardware/index.ts";
import type { Place } from "../hardware/types.ts";

/** The nodes of a stack as its configuration alone tells them. */
export const places = (config: StackConfig): Place[] => hardwareOf(config).places(config);
