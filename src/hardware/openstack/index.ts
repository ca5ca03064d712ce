import type { StackOn } from "../../config/schema.ts";
import type { Hardware } from "../types.ts";
import { declareNodes } from "./declare.ts";
import { placeOf } from "./places.ts";
import { preflight } from "./preflight.ts";

/** Servers of an OpenStack cloud. */
export const openstack: Hardware = {
  places: (config: StackOn<"openstack">) => Object.keys(config.nodes).map((name) => placeOf(config, name)),
  preflight: (stack, config: StackOn<"openstack">) => preflight(stack, config),
  nodes: (stack, config: StackOn<"openstack">, _packages, parent) => declareNodes(stack, config, parent),
};
