import { quote } from "../../config/quote.ts";
import type { NetworkAction } from "../../curriculum/actions.ts";
import { CLIENT } from "../shell.ts";

/** What a person types for objects of Neutron, in order: a line for each object and each rule. */
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

/** What a person types to see the objects. */
export function networkLook(action: NetworkAction): string[] {
  const { networks = [], subnets = [], routers = [], groups = [], ports = [], floatingIps = [] } = action;
  return [
    CLIENT,
    ...networks.map(({ name }) => line("network show", name)),
    ...subnets.map(({ name }) => line("subnet show", name)),
    ...routers.map(({ name }) => line("router show", name)),
    ...groups.map(({ name }) => line("security group rule list", name)),
    ...ports.map(({ name }) => line("port show", name)),
    ...floatingIps.map(({ address }) => line("floating ip show", address)),
  ];
}

/** What a person types to delete the objects: those that use others come first. */
export function networkBack(action: NetworkAction): string[] {
  const { networks = [], subnets = [], routers = [], groups = [], ports = [], floatingIps = [] } = action;
  return [
    CLIENT,
    ...floatingIps.map(({ address }) => line("floating ip delete", address)),
    ...ports.map(({ name }) => line("port delete", name)),
    ...routers.flatMap(({ name, subnets: connected }) => [
      ...connected.map((subnet) => line("router remove subnet", name, subnet)),
      line("router delete", name),
    ]),
    ...groups.map(({ name }) => line("security group delete", name)),
    ...subnets.map(({ name }) => line("subnet delete", name)),
    ...networks.map(({ name }) => line("network delete", name)),
  ];
}

function line(words: string, ...values: (string | readonly string[])[]): string {
  return ["openstack", words, ...values.flat().map(quote)].join(" ");
}
