import { type PlannedNode, plannedNode } from "../planned-node.ts";
import type { OpenstackStack } from "./config.ts";
import { hardwareAddress } from "./names.ts";

/** A node as the configuration tells it. Its interfaces are identified by their hardware addresses. */
export function plannedServer(config: OpenstackStack, name: string): PlannedNode {
  const { management, tunnel, provider } = config.hardware.networks;
  return plannedNode(config, name, {
    management: hardwareAddress(management.cidr, name),
    tunnel: hardwareAddress(tunnel.cidr, name),
    provider: hardwareAddress(provider.cidr, name),
  });
}
