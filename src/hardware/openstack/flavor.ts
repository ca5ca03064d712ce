import { ROLES } from "../../curriculum/types.ts";
import type { OpenstackStack } from "./config.ts";

/** A node's flavor, and the configuration key that sets it. */
export function flavorOf(config: OpenstackStack, node: string): { flavor: string; key: string } {
  const { flavors } = config.hardware;
  const roles = config.nodes[node]?.roles ?? [];
  const role = ROLES.find((one) => roles.includes(one) && flavors[one] !== null);
  const key = role ?? "default";
  return { flavor: flavors[key] ?? flavors.default, key: `hardware.flavors.${key}` };
}
