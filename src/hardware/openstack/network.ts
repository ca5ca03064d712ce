import type { networking } from "@pulumi/openstack";
import type { Output, Resource } from "@pulumi/pulumi";
import { NETWORKS, type NetworkName } from "../../config/networks.ts";
import type { OpenstackStack } from "./config.ts";
import { cloudName, isId } from "./names.ts";
import { type Common, options, sdk } from "./sdk.ts";

interface DeclaredNetwork {
  readonly network: networking.Network;
  readonly subnet: networking.Subnet;
}

export interface DeclaredNetworks {
  readonly byName: Readonly<Record<NetworkName, DeclaredNetwork>>;
  /** What leads out; a floating address needs it. */
  readonly ways: Resource[];
  /** Security group of every port that has one. */
  readonly inside: networking.SecGroup;
  /** That of the control node besides. */
  readonly outside: networking.SecGroup;
  /** The external network's name, which floating addresses are asked for by. */
  readonly pool: Output<string>;
}

/** Networks, the router that leads out, and who is let in. @param mark see `ownerMark` */
export function declareNetworks(
  stack: string,
  config: OpenstackStack,
  mark: Output<string>,
  common: Common,
): DeclaredNetworks {
  const { networking } = sdk();
  const { hardware } = config;
  const { externalNetwork, timeouts } = hardware;
  const soon = options(common, timeouts.network);
  const invoke = { parent: common.parent, provider: common.provider };
  const wanted = isId(externalNetwork) ? { networkId: externalNetwork } : { name: externalNetwork };
  const external = networking.getNetworkOutput({ ...wanted, external: true }, invoke);
  const [management, tunnel, provider] = NETWORKS.map((name) =>
    declareNetwork(stack, config, name, mark, common),
  );
  if (!management || !tunnel || !provider) throw new Error("hardware: a network is missing");

  const name = cloudName(stack, "router");
  const outward = { externalNetworkId: external.id, adminStateUp: true };
  const router = new networking.Router("hardware/router", { name, description: mark, ...outward }, soon);
  const ways = (["management", "provider"] as const).map((network) => {
    const { subnet } = { management, provider }[network];
    const args = { routerId: router.id, subnetId: subnet.id };
    return new networking.RouterInterface(`hardware/router-${network}`, args, soon);
  });
  const { inside, outside } = declareGroups(stack, config, mark, common);
  return {
    byName: { management, tunnel, provider },
    ways,
    inside,
    outside,
    pool: external.apply((found) => found.name ?? externalNetwork),
  };
}

function declareNetwork(
  stack: string,
  { hardware }: OpenstackStack,
  network: NetworkName,
  mark: Output<string>,
  common: Common,
): DeclaredNetwork {
  const { networking } = sdk();
  const { cidr, gateway } = hardware.networks[network];
  const soon = options(common, hardware.timeouts.network);
  const name = cloudName(stack, network);
  const made = new networking.Network(
    `hardware/network-${network}`,
    { name, description: mark, adminStateUp: true },
    soon,
  );
  const management = network === "management";
  const subnet = new networking.Subnet(
    `hardware/subnet-${network}`,
    {
      name,
      description: mark,
      networkId: made.id,
      cidr,
      ipVersion: 4,
      // Only here does the cloud give out addresses: it is how a server finds its user data.
      enableDhcp: management,
      ...(network === "tunnel" ? { noGateway: true } : { gatewayIp: gateway }),
      ...(management && hardware.dnsServers !== null ? { dnsNameservers: [...hardware.dnsServers] } : {}),
    },
    soon,
  );
  return { network: made, subnet };
}

function declareGroups(
  stack: string,
  { hardware }: OpenstackStack,
  mark: Output<string>,
  common: Common,
): { inside: networking.SecGroup; outside: networking.SecGroup } {
  const { networking } = sdk();
  const soon = options(common);
  const group = (part: string) =>
    new networking.SecGroup(
      `hardware/group-${part}`,
      { name: cloudName(stack, part), description: mark },
      soon,
    );
  const rule = (
    name: string,
    args: Partial<networking.SecGroupRuleArgs> & { securityGroupId: Output<string> },
  ) =>
    new networking.SecGroupRule(
      `hardware/rule-${name}`,
      { direction: "ingress", ethertype: "IPv4", description: mark, ...args },
      soon,
    );
  const inside = group("inside");
  const outside = group("outside");
  rule("inside", { securityGroupId: inside.id, remoteGroupId: inside.id });
  for (const { port, protocol, from } of hardware.allow) {
    rule(`${protocol}-${port}-${from}`, {
      securityGroupId: outside.id,
      protocol,
      portRangeMin: port,
      portRangeMax: port,
      remoteIpPrefix: from,
    });
  }
  return { inside, outside };
}
