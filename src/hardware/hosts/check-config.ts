import { contains, parseAddress, parseCidr } from "../../config/ipv4.ts";
import { addressOf } from "../../config/kind.ts";
import type { LabRoles } from "../../config/labs.ts";
import { NETWORKS } from "../../config/networks.ts";
import { notOneOf, type Path, type Problem, show } from "../../config/problems.ts";
import type { HostsStack } from "./config.ts";
import { givenAddress } from "./planned-node.ts";

type Host = HostsStack["hardware"]["hosts"][string];
type Login = Pick<Host, "key" | "agent" | "hostKey">;

const at = (name: string, ...path: string[]): Path => ["hardware", "hosts", name, ...path];

/** Checks the hosts: one for each node, with login, interfaces and addresses. */
export function checkConfig(config: HostsStack, labs: LabRoles): Problem[] {
  const { hardware, nodes } = config;
  const named = Object.keys(nodes);
  const hosts = Object.entries(hardware.hosts);
  const missing = named
    .filter((name) => hardware.hosts[name] === undefined)
    .map(
      (name): Problem => ({
        path: at(name),
        found: "nothing",
        expected: `the host that is the node ${name}: { address: …, interfaces: { management: … } }`,
        about: [["lab"], ["nodes"]],
      }),
    );
  return [
    ...missing,
    ...hosts.flatMap(([name, host], index) =>
      named.includes(name)
        ? [
            ...checkLogin(at(name), host),
            ...(host.jump === null ? [] : checkLogin(at(name, "jump"), host.jump)),
            ...checkCards(config, labs, name, host),
            ...checkPlace(name, host, hosts.slice(0, index)),
            ...checkAddresses(config, name, host, named),
          ]
        : [notOneOf(at(name), name, named, [["lab"], ["nodes"]])],
    ),
  ];
}

function checkLogin(path: Path, { key, agent, hostKey }: Login): Problem[] {
  const problems: Problem[] = [];
  if ((key === null) !== agent) {
    const expected = "either key, the path of a private key file, or agent: true";
    problems.push({
      path: [...path, "key"],
      found: key === null ? "nothing" : `${show(key)} and agent: true`,
      expected,
    });
  }
  if (hostKey === null) {
    const expected =
      "the host's public key, e.g. ssh-ed25519 AAAA…: `lab hosts trust` fetches it and shows its fingerprint";
    problems.push({ path: [...path, "hostKey"], found: "nothing", expected });
  }
  return problems;
}

/** The interfaces that a node's roles need in a lab with networking, and that no interface is named twice. */
function checkCards(config: HostsStack, labs: LabRoles, name: string, { interfaces }: Host): Problem[] {
  const roles = config.nodes[name]?.roles ?? [];
  const networking = labs[config.lab]?.includes("network") === true;
  const needed = {
    tunnel: networking && roles.some((role) => role === "compute" || role === "network"),
    provider: networking && roles.includes("network"),
  };
  return (["tunnel", "provider"] as const).flatMap((network): Problem[] => {
    const path = at(name, "interfaces", network);
    const card = interfaces[network];
    if (card === null) {
      if (!needed[network]) return [];
      const expected = `the ${network} network's interface, which ${roles.join(", ")} in ${config.lab} needs`;
      return [{ path, found: "nothing", expected, about: [["lab"], ["nodes", name, "roles"]] }];
    }
    const others = network === "tunnel" ? (["management"] as const) : (["management", "tunnel"] as const);
    const twin = others.find((other) => interfaces[other]?.toLowerCase() === card.toLowerCase());
    if (twin === undefined) return [];
    return [
      {
        path,
        found: show(card),
        expected: `an interface of its own: ${twin} has it`,
        about: [at(name, "interfaces", twin)],
      },
    ];
  });
}

/** Two nodes on one machine would undo each other's work. */
function checkPlace(name: string, host: Host, above: readonly (readonly [string, Host])[]): Problem[] {
  const place = ({ address, port, jump }: Host): string =>
    JSON.stringify([address, port, jump?.address, jump?.port]);
  const twin = above.find(([, other]) => place(other) === place(host));
  if (twin === undefined) return [];
  const expected = `a machine of its own: ${twin[0]} is there`;
  return [
    { path: at(name, "address"), found: show(host.address), expected, about: [at(twin[0], "address")] },
  ];
}

function checkAddresses(config: HostsStack, name: string, host: Host, named: readonly string[]): Problem[] {
  const { networks } = config.hardware;
  return NETWORKS.flatMap((network): Problem[] => {
    const given = host.addresses[network];
    const { cidr } = networks[network];
    const range = parseCidr(cidr);
    if (given === null || range === undefined) return [];
    const address = parseAddress(given) ?? -1;
    const wrong = (expected: string, about: Path[] = []): Problem[] => [
      {
        path: at(name, "addresses", network),
        found: show(given),
        expected,
        about: [["hardware", "networks", network], ...about],
      },
    ];
    if (!contains(range, address) || address === range.base || address === range.broadcast)
      return wrong(`an address of a machine in ${cidr}, the ${network} network`);
    const twin = named.find(
      (other) => other !== name && addressOf(config, { givenAddress }, other, network) === given,
    );
    if (twin === undefined) return [];
    return wrong(`an address of its own: ${twin} has it`, [["nodes", "*", "number"], at(twin, "addresses")]);
  });
}
