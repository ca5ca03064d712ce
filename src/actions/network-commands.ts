import type { NetworkAction } from "../curriculum/actions.ts";
import { quote } from "./quote.ts";
import { CLIENT } from "./shell.ts";

/** What a person would type for the objects, in order: a line for each object and each rule. */
export function networkCommands(action: NetworkAction): string[] {
  const { networks = [], subnets = [], routers = [], groups = [], ports = [], floatingIps = [] } = action;
  return [
    CLIENT,
    ...networks.map(({ name, external, physical }) =>
      line(
        "network create",
        external ? ["--external"] : [],
        physical === undefined
          ? []
          : ["--provider-network-type", "flat", "--provider-physical-network", physical],
        name,
      ),
    ),
    ...subnets.map(({ name, network, cidr, gateway, dhcp = true, pool, dns = [] }) =>
      line(
        "subnet create",
        ["--network", network, "--subnet-range", cidr],
        gateway === undefined ? [] : ["--gateway", gateway],
        dhcp ? [] : ["--no-dhcp"],
        pool ? ["--allocation-pool", `start=${pool.first},end=${pool.last}`] : [],
        dns.flatMap((server) => ["--dns-nameserver", server]),
        name,
      ),
    ),
    ...routers.flatMap(({ name, external, subnets: connected }) => [
      line("router create", name),
      line("router set", "--external-gateway", external, name),
      ...connected.map((subnet) => line("router add subnet", name, subnet)),
    ]),
    ...groups.flatMap(({ name, description, rules }) => [
      line("security group create", "--description", description, name),
      ...rules.map(({ protocol, port }) =>
        line(
          "security group rule create",
          ["--protocol", protocol],
          port === undefined ? [] : ["--dst-port", `${port}`],
          name,
        ),
      ),
    ]),
    ...ports.map(({ name, network, groups: of, address }) =>
      line(
        "port create",
        ["--network", network],
        address === undefined ? [] : ["--fixed-ip", `ip-address=${address}`],
        of.length === 0 ? ["--no-security-group"] : of.flatMap((group) => ["--security-group", group]),
        name,
      ),
    ),
    ...floatingIps.map(({ address, network, port }) =>
      line("floating ip create", "--floating-ip-address", address, "--port", port, network),
    ),
  ];
}

function line(words: string, ...values: (string | readonly string[])[]): string {
  return ["openstack", words, ...values.flat().map(quote)].join(" ");
}
