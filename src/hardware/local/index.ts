import { cache } from "../../config/paths.ts";
import type { Hardware } from "../types.ts";
import { declareNodes } from "./declare.ts";
import { examine } from "./preflight.ts";

/** Incus system containers on this machine. */
export const local: Hardware = {
  preflight: async (stack, config) => (await examine(stack, config)).problems,
  nodes: (stack, config, parent) => declareNodes(stack, config, parent, cache()),
};
