import type { StackOn } from "../../config/schema.ts";
import type { Hardware } from "../types.ts";
import { placeOf } from "./places.ts";
import { preflight } from "./preflight.ts";

/** Machines that are there already, reached by SSH. */
export const hosts: Hardware = {
  places: (config: StackOn<"hosts">) => Object.keys(config.nodes).map((name) => placeOf(config, name)),
  preflight: (stack, config: StackOn<"hosts">, tell) => preflight(stack, config, tell),
};
