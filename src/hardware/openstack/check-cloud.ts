import { bytes, leastMemory } from "../../config/memory.ts";
import { nearest } from "../../config/nearest.ts";
import type { Problem } from "../types.ts";
import type { OpenstackStack } from "./config.ts";
import { flavorOf } from "./flavor.ts";
import { isId } from "./names.ts";
import { COUNTED, type Counted, type Seen } from "./observe.ts";
import { quotaNeeds } from "./quota-needs.ts";

/** GiB that a node's system and packages fill. */
const LEAST_DISK = 8;

/** What a stack needs and a cloud does not have. Pure. */
export function checkCloud(stack: string, config: OpenstackStack, seen: Seen): Problem[] {
  if (seen.missing.length > 0) return seen.missing.map(noService);
  return [
    ...image(config, seen),
    ...flavors(config, seen),
    ...externalNetwork(config, seen),
    ...zone(config, seen),
    ...portSecurity(seen),
    ...quotas(stack, config, seen),
  ];
}

const noService = (service: string): Problem => ({
  where: "cloud",
  found: `no ${service} service in its catalogue`,
  expected: "compute, image and network services, and volume where hardware.bootFromVolume is set",
  fix:
    "see that the region is right (hardware.auth.region, region_name in clouds.yaml, OS_REGION_NAME), and the interface " +
    "(interface in clouds.yaml, OS_INTERFACE)",
});

interface Thing {
  readonly id: string;
  readonly name: string;
}

/** @returns the thing, or why it cannot be told which one is meant */
function find<T extends Thing>(
  where: string,
  wanted: string,
  what: string,
  things: readonly T[],
): T | Problem {
  const found = things.filter(({ id, name }) => (isId(wanted) ? id : name) === wanted);
  const [only] = found;
  if (found.length === 1 && only !== undefined) return only;
  if (found.length > 1) {
    const ids = found.map(({ id }) => id).join(", ");
    return {
      where,
      found: `${wanted}, the name of ${found.length} ${what}s`,
      expected: `one of them by id: ${ids}`,
      fix: `set ${where} to an id`,
    };
  }
  return absent(
    where,
    wanted,
    what,
    things.map(({ name }) => name),
  );
}

/** How many of those there are are named. */
const SHOWN = 12;

function absent(where: string, wanted: string, what: string, known: readonly string[]): Problem {
  const near = nearest(wanted, known);
  const sorted = [...new Set(known)].sort(
    (a, b) => Number(b === near) - Number(a === near) || (a < b ? -1 : 1),
  );
  const more = sorted.length > SHOWN ? `, and ${sorted.length - SHOWN} more` : "";
  const list =
    sorted.length === 0 ? "there is none" : `there is: ${sorted.slice(0, SHOWN).join(", ")}${more}`;
  const meant = near === undefined ? "" : `; did you mean ${near}?`;
  return {
    where,
    found: `${wanted}, which the cloud does not have`,
    expected: `${what.match(/^[aeiou]/) ? "an" : "a"} ${what} of the cloud; ${list}${meant}`,
    fix: `set ${where} to one of them`,
  };
}

const isProblem = (value: object): value is Problem => "fix" in value;

function image({ hardware }: OpenstackStack, seen: Seen): Problem[] {
  const where = "hardware.image";
  const found = find(where, hardware.image, "image", seen.images);
  if (isProblem(found)) return [found];
  if (found.status === "active") return [];
  return [
    {
      where,
      found: `${found.name}, which is ${found.status}`,
      expected: "an active image",
      fix: "wait for it, or take another",
    },
  ];
}

/** Each flavor once, for the most demanding of the nodes that have it. */
function flavors(config: OpenstackStack, seen: Seen): Problem[] {
  const told = new Set<string>();
  return Object.entries(config.nodes).flatMap(([node, { roles }]): Problem[] => {
    const { flavor, key } = flavorOf(config, node);
    const found = find(key, flavor, "flavor", seen.flavors);
    const problems = isProblem(found)
      ? [found]
      : [...memory(node, key, found, roles, config, seen), ...disk(key, found, config, seen)];
    return problems.filter((problem) => {
      const once = `${problem.where}: ${problem.found}`;
      return told.has(once) ? false : told.add(once);
    });
  });
}

type Flavor = Seen["flavors"][number];
type Roles = OpenstackStack["nodes"][string]["roles"];

function memory(
  node: string,
  where: string,
  flavor: Flavor,
  roles: Roles,
  { hardware }: OpenstackStack,
  seen: Seen,
): Problem[] {
  const least = bytes(leastMemory(roles)) / 2 ** 20;
  const image =
    seen.images.find(({ id, name }) => id === hardware.image || name === hardware.image)?.min_ram ?? 0;
  if (flavor.ram >= Math.max(least, image)) return [];
  const expected = `at least ${Math.max(least, image)} MiB for ${node} (${roles.join(", ")})`;
  return [
    {
      where,
      found: `${flavor.name} with ${flavor.ram} MiB of memory`,
      expected,
      fix: better(where, seen, Math.max(least, image)),
    },
  ];
}

const better = (where: string, seen: Seen, least: number): string => {
  const enough = seen.flavors.filter(({ ram, disk }) => ram >= least && disk >= LEAST_DISK);
  const [smallest] = enough.sort((a, b) => a.ram - b.ram || a.vcpus - b.vcpus);
  return smallest === undefined
    ? "ask for a larger flavor"
    : `set ${where} to a larger one, such as ${smallest.name}`;
};

function disk(where: string, flavor: Flavor, { hardware }: OpenstackStack, seen: Seen): Problem[] {
  const image =
    seen.images.find(({ id, name }) => id === hardware.image || name === hardware.image)?.min_disk ?? 0;
  const least = Math.max(LEAST_DISK, image);
  if (hardware.bootFromVolume !== null) {
    if (hardware.bootFromVolume >= least) return [];
    const at = "hardware.bootFromVolume";
    return [
      {
        where: at,
        found: `${hardware.bootFromVolume} GiB`,
        expected: `at least ${least}`,
        fix: `set ${at} to ${least} or more`,
      },
    ];
  }
  if (flavor.disk >= least) return [];
  return [
    {
      where,
      found: `${flavor.name} with ${flavor.disk} GiB of disk`,
      expected: `at least ${least} GiB, or a volume to boot from`,
      fix: `set hardware.bootFromVolume to ${Math.max(20, least)}, or ${where} to a flavor with a larger disk`,
    },
  ];
}

function externalNetwork({ hardware }: OpenstackStack, seen: Seen): Problem[] {
  const found = find(
    "hardware.externalNetwork",
    hardware.externalNetwork,
    "external network",
    seen.externalNetworks,
  );
  return isProblem(found) ? [found] : [];
}

function zone({ hardware }: OpenstackStack, seen: Seen): Problem[] {
  const { availabilityZone } = hardware;
  if (availabilityZone === null || seen.zones.includes(availabilityZone)) return [];
  return [absent("hardware.availabilityZone", availabilityZone, "availability zone", seen.zones)];
}

function portSecurity({ extensions }: Seen): Problem[] {
  if (extensions.includes("port-security")) return [];
  return [
    {
      where: "cloud",
      found: "a Neutron without the extension port-security",
      expected:
        "that ports can be freed of it: nodes forward packets of servers, with addresses that Neutron does not know",
      fix: "ask the cloud's administrators for it (ML2: extension_drivers = port_security)",
    },
  ];
}

const WORDS: Readonly<Record<Counted, string>> = {
  instances: "instances",
  cores: "cores",
  memory: "MiB of memory",
  floatingAddresses: "floating addresses",
  ports: "ports",
  networks: "networks",
  subnets: "subnets",
  routers: "routers",
  securityGroups: "security groups",
  securityGroupRules: "security group rules",
  volumes: "volumes",
  volumeStorage: "GiB of volumes",
};

function quotas(stack: string, config: OpenstackStack, seen: Seen): Problem[] {
  const needed = quotaNeeds(stack, config, seen);
  return COUNTED.flatMap((name) => {
    const quota = seen.quotas[name];
    if (quota === undefined || quota.limit < 0 || needed[name] === 0) return [];
    const left = Math.max(0, quota.limit - quota.used);
    if (left >= needed[name]) return [];
    return [
      {
        where: "quota",
        found: `${left} ${WORDS[name]} left (${quota.used} of ${quota.limit} in use)`,
        expected: `${needed[name]} for this stack`,
        fix: "remove what the project no longer needs, or ask the cloud's administrators for more",
      },
    ];
  });
}
