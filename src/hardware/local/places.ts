import type { StackOn } from "../../config/schema.ts";
import { numberedAddresses } from "../numbered.ts";
import type { Place } from "../types.ts";
import { INTERFACES } from "./names.ts";

/** A node as the configuration alone tells it. */
export const placeOf = (config: StackOn<"local">, name: string): Place => ({
  name,
  roles: config.nodes[name]?.roles ?? [],
  addresses: numberedAddresses(config, name),
  interfaces: INTERFACES,
});
