import { basename } from "node:path";
import { bytes, leastMemory } from "../../config/memory.ts";
import { type Refusal, refusalOf } from "../../transport/refusal.ts";
import type { Problem } from "../types.ts";
import type { HostsStack } from "./config.ts";
import { hostPath } from "./login.ts";
import { plannedHost } from "./planned-node.ts";
import { FILES } from "./prepare.ts";
import type { Card, HostFacts } from "./probe.ts";

/** Disk space that packages and data of a node need. */
const DISK_MIB = 8 * 1024;
/** Firmware and kernel use a part of a machine's memory. */
const MEMORY_SHARE = 0.9;
/** Seconds. With a larger difference, tokens count as expired and services as down. */
const CLOCK = 10;

/** Why a host cannot be its node, from the facts that were probed on it. @param now this machine's time, in seconds */
export function checkHost(
  stack: string,
  config: HostsStack,
  name: string,
  facts: HostFacts,
  now: number,
): Problem[] {
  const problem = (where: string, found: string, expected: string, fix: string): Problem => ({
    where: `${hostPath(name)}${where}`,
    found,
    expected,
    fix,
  });
  if (facts.os.id !== "debian" || facts.os.version !== "13") {
    return [
      problem("", facts.os.name, "Debian 13", "install Debian 13 on it, or name another machine as address"),
    ];
  }
  const own = facts.stack === stack && facts.node === name;
  return [
    ...system(facts, own),
    ...memory(),
    ...clock(),
    ...facts.unresolved.map((host) =>
      problem(
        "",
        `that it cannot resolve ${host}, which its apt fetches from`,
        "working name resolution",
        "see /etc/resolv.conf on it",
      ),
    ),
    ...proxies(),
    ...cards(),
    ...others(),
  ];

  function proxies(): Problem[] {
    return facts.silentProxies.map((one) => {
      const [place = "", ...origin] = one.split(" ");
      const mend =
        "start the proxy, or correct it where it is named: below /etc/apt/apt.conf.d, in /etc/environment, or in the stack file";
      return problem(
        "",
        `that its proxy ${place} does not answer (${origin.join(" ")})`,
        "a proxy that answers, or none",
        mend,
      );
    });
  }

  function system({ sudo, architecture, freeMiB }: HostFacts, ours: boolean): Problem[] {
    const user = config.hardware.hosts[name]?.user ?? "root";
    return [
      ...(sudo === "ok" ? [] : [refused(hostPath(name), refusalOf(user, sudo))]),
      ...(architecture === "amd64"
        ? []
        : [
            problem(
              "",
              `a machine of architecture ${architecture}`,
              "amd64",
              "name another machine as address",
            ),
          ]),
      // The space that this lab already uses is not missing.
      ...(ours || freeMiB >= DISK_MIB
        ? []
        : [problem("", `${gib(freeMiB)} free in /var`, `at least ${gib(DISK_MIB)}`, "make room on it")]),
    ];
  }

  function memory(): Problem[] {
    const roles = config.nodes[name]?.roles ?? [];
    const least = bytes(leastMemory(roles)) / 2 ** 20;
    if (facts.memoryMiB >= least * MEMORY_SHARE) return [];
    return [
      problem(
        "",
        `${gib(facts.memoryMiB)} of memory`,
        `at least ${gib(least)} for ${roles.join(", ")}`,
        "give it more, or name another machine as address",
      ),
    ];
  }

  function clock(): Problem[] {
    const offset = Math.round(facts.time - now);
    if (Math.abs(offset) <= CLOCK) return [];
    const found = `a clock that is ${Math.abs(offset)} s ${offset > 0 ? "ahead of" : "behind"} this machine's`;
    return [
      problem("", found, `at most ${CLOCK} s between them`, "set both right, e.g. with systemd-timesyncd"),
    ];
  }

  function cards(): Problem[] {
    const { interfaces, addresses } = plannedHost(config, name);
    const where = (network: string): string => `.interfaces.${network}`;
    const { management } = facts.cards;
    const absent = (["management", "tunnel", "provider"] as const)
      .filter((network) => interfaces[network] !== "" && facts.cards[network].name === "")
      .map((network) =>
        problem(
          where(network),
          `no interface ${interfaces[network]}`,
          "one of the host's network interfaces",
          "see `ip link` on it",
        ),
      );
    const elsewhere =
      management.name === "" || management.addresses.some((one) => one.split("/")[0] === addresses.management)
        ? []
        : [
            problem(
              where("management"),
              `${management.name} with ${management.addresses.join(", ") || "no address"}`,
              `the node's management address ${addresses.management} on it`,
              `give it that address, or set nodes.${name}.number or ${hostPath(name)}.addresses.management`,
            ),
          ];
    return [
      ...absent,
      ...elsewhere,
      ...(own ? [] : [...taken("tunnel", addresses.tunnel), ...taken("provider", "")]),
    ];

    function taken(network: "tunnel" | "provider", wanted: string): Problem[] {
      const card = facts.cards[network];
      if (interfaces[network] === "" || card.name === "") return [];
      const uses = usesOf(card, wanted, FILES[network]);
      if (uses.length === 0) return [];
      return [
        problem(
          where(network),
          `${card.name} in use: ${uses.join(", ")}`,
          "an interface that nothing else uses",
          "name another interface, or remove what uses it. `lab` does not change it",
        ),
      ];
    }
  }

  function others(): Problem[] {
    if (facts.stack !== "" && !own) {
      return [
        problem(
          "",
          `the node ${facts.node} of stack ${facts.stack}`,
          "a host that is not a node of another lab",
          `\`lab down --stack ${facts.stack}\` first, or name another machine as address`,
        ),
      ];
    }
    if (own || facts.openstack.length === 0 || config.hardware.hosts[name]?.adopt === true) return [];
    return [
      problem(
        "",
        `an OpenStack that this lab did not install (${facts.openstack.join(", ")})`,
        "a host without one",
        `remove it, name another machine as address, or set ${hostPath(name)}.adopt: true to install over it`,
      ),
    ];
  }
}

/** The problem of a user who may not do what a node needs. @param path of the host, or of its jump host */
export const refused = (path: string, { found, expected, fix }: Refusal): Problem => ({
  where: `${path}.user`,
  found,
  expected,
  fix,
});

/** Kinds of interfaces that carry no Ethernet frames. */
const NO_ETHERNET: readonly string[] = ["wireguard", "ppp", "wwan"];

/** What else an interface is used for. @param file by which networkd would configure it for the lab */
function usesOf(card: Card, wanted: string, file: string): string[] {
  const foreign = card.addresses.filter((one) => one.split("/")[0] !== wanted);
  return [
    ...foreign.map((one) => `it has the address ${one}`),
    ...(card.default ? ["the default route uses it"] : []),
    ...(card.master === "" ? [] : [`it is a part of ${card.master}`]),
    ...(NO_ETHERNET.includes(card.kind) ? [`it is a ${card.kind} interface, which carries no Ethernet`] : []),
    ...card.children.map((one) => {
      const [child = "", kind = "interface"] = one.split(" ");
      return `the ${kind} ${child} is on it`;
    }),
    ...(card.configured === "" ? [] : [`${card.configured} configures it`]),
    ...networkdUse(card, file),
    ...card.connections.map((one) => `NetworkManager's connection ${JSON.stringify(one)} is for it`),
    ...card.programs.map((one) => `${one} runs on it`),
  ];
}

/** A file for a pattern of names, such as `en*` of cloud images, is no use of this interface where the lab's file comes before it. */
function networkdUse({ name, networkd }: Card, ours: string): string[] {
  if (networkd === undefined) return [];
  const { file, match } = networkd;
  const forPattern = !match.some((one) => one === name || one.includes(":"));
  if (forPattern && basename(file) > basename(ours)) return [];
  return [`systemd-networkd configures it by ${file}`];
}

/** One line about a node's host: what it is, and what it is used for. */
export function describeHost(config: HostsStack, name: string, facts: HostFacts): string {
  const { roles, addresses } = plannedHost(config, name);
  const { user, address, port, jump } = config.hardware.hosts[name] ?? {};
  const by = jump ? ` by way of ${jump.user}@${jump.address}` : "";
  const { management, tunnel, provider } = facts.cards;
  const parts = [
    `${facts.hostname}, ${facts.os.name}, ${facts.cpus} cores, ${gib(facts.memoryMiB)} memory, ${gib(facts.freeMiB)} free`,
    `management ${management.name} ${addresses.management}`,
    ...(tunnel.name === "" ? [] : [`tunnel ${tunnel.name} ${addresses.tunnel}`]),
    ...(provider.name === "" ? [] : [`provider ${provider.name}`]),
    facts.stack === "" ? "nothing of this lab yet" : "a node of this lab",
  ];
  return `${name} (${roles.join(", ")}) on ${user}@${address}:${port}${by}: ${parts.join("; ")}`;
}

const gib = (mib: number): string => `${(mib / 1024).toFixed(1)} GiB`;
