import type { Cloud } from "./client.ts";
import { CloudError } from "./client.ts";
import type { OpenstackStack } from "./config.ts";
import { type Kind, marked } from "./marked.ts";

interface SeenImage {
  readonly id: string;
  readonly name: string;
  readonly status: string;
  /** GiB; MiB. */
  readonly min_disk: number;
  readonly min_ram: number;
}

interface SeenFlavor {
  readonly id: string;
  readonly name: string;
  readonly vcpus: number;
  /** MiB. */
  readonly ram: number;
  /** GiB; 0 where it says nothing. */
  readonly disk: number;
}

/** What may be made of something, and what is; -1 is without limit. */
interface Quota {
  readonly limit: number;
  readonly used: number;
}

/** What quotas are counted in. */
export const COUNTED = [
  "instances",
  "cores",
  "memory",
  "floatingAddresses",
  "ports",
  "networks",
  "subnets",
  "routers",
  "securityGroups",
  "securityGroupRules",
  "volumes",
  "volumeStorage",
] as const;
export type Counted = (typeof COUNTED)[number];

/** What preflight reads of a cloud. */
export interface Seen {
  readonly images: readonly SeenImage[];
  readonly flavors: readonly SeenFlavor[];
  /** Networks that lead out. */
  readonly externalNetworks: readonly { readonly id: string; readonly name: string }[];
  readonly zones: readonly string[];
  /** Neutron's extensions, by alias. */
  readonly extensions: readonly string[];
  /** Absent where the cloud does not tell. */
  readonly quotas: Partial<Readonly<Record<Counted, Quota>>>;
  /** What the cloud has that is called as something of this stack, by what it counts as: it needs no second place. */
  readonly own: { readonly servers: readonly string[] } & Partial<Readonly<Record<Counted, number>>>;
  /** Services that the catalogue lacks. */
  readonly missing: readonly string[];
}

/** Reads a cloud, changes nothing. @throws CloudError */
export async function observe(cloud: Cloud, stack: string, config: OpenstackStack): Promise<Seen> {
  const volumes = config.hardware.bootFromVolume !== null;
  const services = ["compute", "image", "network", ...(volumes ? (["volume"] as const) : [])] as const;
  const missing = services.filter((service) => !cloud.has(service));
  if (missing.length > 0) return { ...NOTHING, missing };
  const [images, flavors, externalNetworks, zones, extensions, quotas, own] = await Promise.all([
    cloud.list<SeenImage>("image", "/images?limit=200", "images"),
    cloud.list<SeenFlavor>("compute", "/flavors/detail", "flavors"),
    cloud.list<{ id: string; name: string }>("network", "/networks?router:external=true", "networks"),
    zonesOf(cloud),
    cloud.list<{ alias: string }>("network", "/extensions", "extensions"),
    quotasOf(cloud, volumes),
    ownOf(cloud, stack),
  ]);
  return {
    images: images.map(({ id, name, status, min_disk, min_ram }) => ({
      id,
      name,
      status,
      min_disk,
      min_ram,
    })),
    flavors: flavors.map(({ id, name, vcpus, ram, disk }) => ({ id, name, vcpus, ram, disk })),
    externalNetworks: externalNetworks.map(({ id, name }) => ({ id, name })),
    zones,
    extensions: extensions.map(({ alias }) => alias),
    quotas,
    own,
    missing,
  };
}

const NOTHING: Omit<Seen, "missing"> = {
  images: [],
  flavors: [],
  externalNetworks: [],
  zones: [],
  extensions: [],
  quotas: {},
  own: { servers: [] },
};

async function zonesOf(cloud: Cloud): Promise<string[]> {
  const zones = await cloud.list<{ zoneName: string; zoneState: { available: boolean } }>(
    "compute",
    "/os-availability-zone",
    "availabilityZoneInfo",
  );
  return zones.filter(({ zoneState }) => zoneState.available).map(({ zoneName }) => zoneName);
}

async function quotasOf(cloud: Cloud, volumes: boolean): Promise<Seen["quotas"]> {
  const [compute, network, volume] = await Promise.all([
    told(cloud.get<{ limits: { absolute: Record<string, number> } }>("compute", "/limits")),
    told(cloud.get<{ quota: Record<string, Quota> }>("network", `/quotas/${cloud.project.id}/details.json`)),
    volumes
      ? told(cloud.get<{ limits: { absolute: Record<string, number> } }>("volume", "/limits"))
      : undefined,
  ]);
  const pair = (from: Record<string, number> | undefined, limit: string, used: string): Quota | undefined =>
    from?.[limit] === undefined ? undefined : { limit: from[limit], used: from[used] ?? 0 };
  const nova = compute?.limits.absolute;
  const cinder = volume?.limits.absolute;
  const neutron = (name: string): Quota | undefined => network?.quota[name];
  const all: Readonly<Record<Counted, Quota | undefined>> = {
    instances: pair(nova, "maxTotalInstances", "totalInstancesUsed"),
    cores: pair(nova, "maxTotalCores", "totalCoresUsed"),
    memory: pair(nova, "maxTotalRAMSize", "totalRAMUsed"),
    floatingAddresses: neutron("floatingip"),
    ports: neutron("port"),
    networks: neutron("network"),
    subnets: neutron("subnet"),
    routers: neutron("router"),
    securityGroups: neutron("security_group"),
    securityGroupRules: neutron("security_group_rule"),
    volumes: pair(cinder, "maxTotalVolumes", "totalVolumesUsed"),
    volumeStorage: pair(cinder, "maxTotalVolumeGigabytes", "totalGigabytesUsed"),
  };
  return Object.fromEntries(
    Object.entries(all).flatMap(([name, quota]) =>
      quota === undefined ? [] : [[name, { limit: quota.limit, used: quota.used }]],
    ),
  );
}

/** Not every cloud tells an ordinary user its quotas: then it says so itself when they are used up. */
const told = <T>(asked: Promise<T>): Promise<T | undefined> =>
  asked.catch((error: unknown) => {
    if (error instanceof CloudError && error.status >= 400 && error.status < 500) return undefined;
    throw error;
  });

/** What the stack of this name has already, whoever built it. */
async function ownOf(cloud: Cloud, stack: string): Promise<Seen["own"]> {
  const things = await marked(cloud, (mark) => mark.startsWith(`scratchstack stack ${stack} (`));
  const of = (kind: Kind) => things.filter((thing) => thing.kind === kind);
  return {
    servers: of("server").map(({ name }) => name),
    floatingAddresses: of("floating address").length,
    ports: of("port").length,
    networks: of("network").length,
    routers: of("router").length,
    securityGroups: of("security group").length,
    volumes: of("volume").length,
    volumeStorage: of("volume").reduce((sum, { size }) => sum + size, 0),
  };
}
