import type { StackOn } from "../../config/schema.ts";
import { numberedAddresses } from "../numbered.ts";
import type { Place } from "../types.ts";
import { hardwareAddress } from "./names.ts";

/** A node as the configuration alone tells it; its cards are known by their hardware addresses. */
export function placeOf(config: StackOn<"openstack">, name: string): Place {
  const { management, tunnel, provider } = config.hardware.networks;
  return {
    name,
    roles: config.nodes[name]?.roles ?? [],
    addresses: numberedAddresses(config, name),
    interfaces: {
      management: hardwareAddress(management.cidr, name),
      tunnel: hardwareAddress(tunnel.cidr, name),
      provider: hardwareAddress(provider.cidr, name),
    },
  };
}
