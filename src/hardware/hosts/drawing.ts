import { hostNumber } from "../../config/ipv4.ts";
import { THIS_MACHINE } from "../../curriculum/types.ts";
import { type Drawing, type Neighbour, router, thisMachine } from "../drawing.ts";
import type { HostsStack } from "./config.ts";

export const drawing: Drawing = {
  nodes: "hosts, reached by SSH",
  surroundings: (config: HostsStack) => {
    const jumps = jumpHosts(config);
    const here = thisMachine([
      { network: "management", address: null, device: "SSH" },
      { network: "provider", address: null, device: "to servers" },
    ]);
    return {
      neighbours: [here, ...jumps, router(config, "yours, leads outside")],
      links: jumps.map(({ id }) => ({ from: THIS_MACHINE, to: id, label: "SSH" })),
    };
  },
  node: ({ hardware }: HostsStack, { name, addresses }) => {
    const login = hardware.hosts[name]?.address;
    return login === undefined || login === addresses.management ? {} : { login };
  },
};

/** Each of them once, however many hosts it leads to. */
function jumpHosts({ hardware }: HostsStack): Neighbour[] {
  const known = new Map<string, string[]>();
  for (const [node, { jump }] of Object.entries(hardware.hosts)) {
    if (jump !== null) known.set(jump.address, [...(known.get(jump.address) ?? []), node]);
  }
  return [...known].map(([address, nodes], index): Neighbour => {
    const inside = hostNumber(address, hardware.networks.management.cidr) !== null;
    return {
      id: `jump-${index + 1}`,
      kind: "jump",
      title: "jump host",
      notes: [...(inside ? [] : [address]), `SSH to ${nodes.join(", ")} goes by way of it`],
      attachments: [{ network: "management", address: inside ? address : null }],
    };
  });
}
