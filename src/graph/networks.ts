import { NETWORKS, type NetworkName } from "../config/networks.ts";
import type { StackConfig } from "../config/schema.ts";
import { LABS } from "../curriculum/labs.ts";
import type { Step } from "../curriculum/types.ts";
import type { Surroundings } from "../hardware/drawing.ts";
import { uses } from "./course.ts";
import type { Network } from "./types.ts";
import { labelOf } from "./words.ts";

const PURPOSE: Readonly<Record<NetworkName, string>> = {
  management: "services talk to each other, SSH",
  tunnel: "tenants' traffic between the nodes (VXLAN)",
  provider: "the outside, as servers see it",
};

/**
 * The networks that some node has an interface in, from outside to inside.
 * @param steps of the lab
 * @param beyond what the router leads to
 */
export function networksOf(
  { lab, hardware }: StackConfig,
  steps: readonly Step[],
  attached: (network: NetworkName) => boolean,
  beyond: Surroundings["external"],
): Network[] {
  const own = NETWORKS.filter(attached).map((id): Network => {
    const { cidr, gateway } = hardware.networks[id];
    const used = id === "management" || uses(steps, id);
    return {
      id,
      title: id,
      cidr,
      gateway: id === "tunnel" ? null : gateway,
      pool: id === "provider" && used ? hardware.networks.provider.pool : null,
      purpose: used ? PURPOSE[id] : notYet(lab, id),
      used,
    };
  });
  if (beyond === undefined) return own;
  const external: Network = {
    id: "external",
    ...beyond,
    cidr: null,
    gateway: null,
    pool: null,
    used: true,
  };
  return [external, ...own];
}

function notYet(lab: string, network: NetworkName): string {
  const later = Object.values(LABS).find(
    ({ id, services }) =>
      id > lab &&
      uses(
        services.flatMap((service) => service.steps),
        network,
      ),
  );
  return later === undefined ? "not used" : `not used before ${labelOf(later.id)}`;
}
