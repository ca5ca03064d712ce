import { type Cidr, contains, formatAddress, overlap, parseAddress, parseCidr } from "./ipv4.ts";
import { addressOf, type KindConfig } from "./kind.ts";
import { NETWORKS, type NetworkName } from "./networks.ts";
import { type Path, type Problem, show } from "./problems.ts";
import type { StackConfig } from "./schema.ts";

const place = (name: NetworkName, key: "cidr" | "gateway"): Path => ["hardware", "networks", name, key];

/** Networks that overlap each other, and gateways and nodes without a valid address in a network. */
export function checkNetworks(config: StackConfig, kind: KindConfig): Problem[] {
  const networks = NETWORKS.flatMap((name) => {
    const cidr = parseCidr(config.hardware.networks[name].cidr);
    return cidr === undefined ? [] : [{ name, cidr }];
  });
  const overlapping = networks.flatMap((a, index) =>
    networks
      .slice(0, index)
      .filter((b) => overlap(a.cidr, b.cidr))
      .map(
        (b): Problem => ({
          path: place(a.name, "cidr"),
          found: show(config.hardware.networks[a.name].cidr),
          expected: `a network that does not overlap ${b.name} (${config.hardware.networks[b.name].cidr})`,
          about: [place(b.name, "cidr")],
        }),
      ),
  );
  return [
    ...overlapping,
    ...networks.flatMap(({ name, cidr }) => checkGateway(config, kind, name, cidr)),
    ...checkRoom(config),
  ];
}

function checkGateway(config: StackConfig, kind: KindConfig, name: NetworkName, network: Cidr): Problem[] {
  const { cidr, gateway } = config.hardware.networks[name];
  const address = parseAddress(gateway) ?? -1;
  const range = `${formatAddress(network.base + 1)} to ${formatAddress(network.broadcast - 1)}`;
  const problem = (expected: string, about: readonly Path[] = []): Problem[] => [
    { path: place(name, "gateway"), found: show(gateway), expected, about: [place(name, "cidr"), ...about] },
  ];
  if (!contains(network, address)) return problem(`an address in ${cidr} (${range})`);
  if (address === network.base) return problem(`${range}: this is the address of ${cidr} itself`);
  if (address === network.broadcast) return problem(`${range}: this is the broadcast address of ${cidr}`);
  const node = Object.entries(config.nodes).find(([node]) => addressOf(config, kind, node, name) === gateway);
  if (node === undefined) return [];
  return problem(`an address no node has: it is that of ${node[0]}`, [["nodes", node[0], "number"]]);
}

/** Node numbers that do not fit into the smallest network. */
function checkRoom(config: StackConfig): Problem[] {
  const [smallest] = NETWORKS.map((name) => ({
    name,
    cidr: parseCidr(config.hardware.networks[name].cidr),
  })).sort((a, b) => (b.cidr?.prefix ?? 0) - (a.cidr?.prefix ?? 0));
  if (smallest?.cidr === undefined) return [];
  const last = Math.min(254, smallest.cidr.broadcast - smallest.cidr.base - 1);
  return Object.entries(config.nodes)
    .filter(([, { number }]) => number > last)
    .map(([node, { number }]) => ({
      path: ["nodes", node, "number"],
      found: show(number),
      expected: `2 to ${last}, the host numbers of the network ${smallest.name} (${config.hardware.networks[smallest.name].cidr})`,
      about: [place(smallest.name, "cidr")],
    }));
}
