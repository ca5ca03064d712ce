import type { Cloud, Service } from "./client.ts";
import { OWNER_KEY } from "./names.ts";

/** What a stack has in a cloud, in the order in which it can be deleted. Subnets are deleted with their networks, rules with groups. */
export const KINDS = {
  server: { service: "compute", path: "/servers", list: "/servers/detail", key: "servers" },
  "floating address": { service: "network", path: "/floatingips", key: "floatingips" },
  volume: { service: "volume", path: "/volumes", list: "/volumes/detail", key: "volumes" },
  router: { service: "network", path: "/routers", key: "routers" },
  port: { service: "network", path: "/ports", key: "ports" },
  network: { service: "network", path: "/networks", key: "networks" },
  "security group": { service: "network", path: "/security-groups", key: "security_groups" },
} as const satisfies Readonly<Record<string, { service: Service; path: string; list?: string; key: string }>>;

export type Kind = keyof typeof KINDS;

/** Something in the cloud that has an owner mark. */
export interface Thing {
  readonly kind: Kind;
  readonly id: string;
  /** Name; of a floating address the address. */
  readonly name: string;
  /** GiB, of a volume. */
  readonly size: number;
}

interface Item {
  readonly id: string;
  readonly name?: string;
  readonly floating_ip_address?: string;
  readonly description?: string | null;
  readonly metadata?: Readonly<Record<string, string>>;
  readonly size?: number;
}

/** Everything in the project with a certain owner mark (`ownerMark`). Reads only. */
export async function marked(cloud: Cloud, ours: (mark: string) => boolean): Promise<Thing[]> {
  const kinds = Object.entries(KINDS).filter(([, { service }]) => cloud.has(service)) as [
    Kind,
    (typeof KINDS)[Kind],
  ][];
  const lists = await Promise.all(
    kinds.map(async ([kind, { service, path, key, ...other }]) => {
      const items = await cloud.list<Item>(service, "list" in other ? other.list : path, key);
      return items.filter((item) => ours(markOf(item))).map((item) => thing(kind, item));
    }),
  );
  return lists.flat();
}

const markOf = ({ metadata, description }: Item): string => metadata?.[OWNER_KEY] ?? description ?? "";

const thing = (kind: Kind, { id, name, floating_ip_address: address, size = 0 }: Item): Thing => ({
  kind,
  id,
  name: name || address || id,
  size,
});
