import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type RequestListener, type Server } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo } from "node:net";

export type Item = Record<string, unknown> & { id: string };

/** Collections of a cloud, by the key under which its API has them. */
type Collections = Record<string, Item[]>;

const PROJECT = { id: "0123456789abcdef0123456789abcdef", name: "mine" };

interface Certificate {
  readonly key: string;
  readonly cert: string;
}

/** What an answer wraps one of a collection in. */
const SINGULAR: Readonly<Record<string, string>> = {
  networks: "network",
  subnets: "subnet",
  ports: "port",
  routers: "router",
  floatingips: "floatingip",
  security_groups: "security_group",
  security_group_rules: "security_group_rule",
  servers: "server",
  volumes: "volume",
  flavors: "flavor",
  images: "image",
};

/**
 * A small OpenStack in memory: enough of Keystone, Nova, Neutron, Glance and Cinder to be asked by our client and, through
 * it, by the plugin. Everything that is made is ready at once.
 */
export class FakeCloud {
  readonly items: Collections = Object.fromEntries(Object.keys(SINGULAR).map((key) => [key, []]));
  readonly keypairs: { name: string; public_key: string }[] = [];
  /** `METHOD /path` of all that was asked. */
  readonly asked: string[] = [];
  password = "right";
  /** Answers that come instead, by `METHOD /path` as a pattern. */
  readonly refusals: { pattern: RegExp; status: number; body: unknown }[] = [];
  limits: Record<string, number> = { maxTotalInstances: 10, totalInstancesUsed: 0 };
  quota: Record<string, { limit: number; used: number }> = {};
  extensions = ["port-security", "net-mtu", "router", "security-group", "standard-attr-description"];
  readonly #server: Server;

  readonly #tls: Certificate | undefined;

  private constructor(tls: Certificate | undefined) {
    this.#tls = tls;
    const listener: RequestListener = (request, response) => {
      void read(request).then((text) => {
        const answer = this.#answer(request, text === "" ? undefined : JSON.parse(text));
        const body = answer.body === undefined ? "" : JSON.stringify(answer.body);
        response.writeHead(answer.status, { "content-type": "application/json", ...answer.headers });
        response.end(body);
      });
    };
    this.#server = tls === undefined ? createServer(listener) : createTlsServer(tls, listener);
  }

  /** @param tls its certificate. @default plain HTTP */
  static async start(tls?: Certificate): Promise<FakeCloud> {
    const cloud = new FakeCloud(tls);
    await new Promise<void>((resolve) => cloud.#server.listen(0, "127.0.0.1", resolve));
    return cloud;
  }

  get url(): string {
    return `${this.#tls === undefined ? "http" : "https"}://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  stop(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  /** Puts something in, as if somebody had made it. */
  add(key: string, item: Record<string, unknown>): Item {
    const made = { id: randomUUID(), status: "ACTIVE", tenant_id: PROJECT.id, tags: [], ...item };
    this.items[key]?.push(made);
    return made;
  }

  /** Names of all that there is, sorted, to compare before and after. */
  get names(): string[] {
    const named = Object.entries(this.items).flatMap(([key, items]) =>
      items.map((item) => `${key}: ${item.name ?? item.id}`),
    );
    return [...named, ...this.keypairs.map(({ name }) => `keypair: ${name}`)].sort();
  }

  #answer(
    request: IncomingMessage,
    body: unknown,
  ): { status: number; body?: unknown; headers?: Record<string, string> } {
    const url = new URL(request.url ?? "/", this.url);
    const path = url.pathname.replace(/\/+$/, "");
    const asked = `${request.method} ${path}`;
    this.asked.push(asked);
    const refusal = this.refusals.find(({ pattern }) => pattern.test(asked));
    if (refusal !== undefined) return refusal;
    if (asked === "POST /v3/auth/tokens") return this.#token(body);
    if (/^\/(v3)?$/.test(path) || path === "")
      return { status: 300, body: { versions: { values: [this.#version("v3.14")] } } };
    if (request.headers["x-auth-token"] !== "token")
      return error(401, "The request you have made requires authentication.");
    const [, service, ...rest] = path.replace(/^\/internal/, "").split("/");
    const handler = { nova: nova, neutron: neutron, glance: glance, cinder: cinder }[service ?? ""];
    return handler?.(this, request.method ?? "", rest, body, url.searchParams) ?? error(404, `no ${asked}`);
  }

  #version(id: string) {
    return { id, status: "stable", links: [{ rel: "self", href: `${this.url}/v3/` }] };
  }

  #token(body: unknown) {
    const text = JSON.stringify(body);
    if (!text.includes(JSON.stringify(this.password))) {
      return error(401, "The request you have made requires authentication.");
    }
    const region = { region: "RegionOne", region_id: "RegionOne" };
    const endpoint = (type: string, path: string) => ({
      type,
      name: type,
      id: type,
      endpoints: [
        { id: type, interface: "public", ...region, url: `${this.url}${path}` },
        { id: `${type}-internal`, interface: "internal", ...region, url: `${this.url}/internal${path}` },
      ],
    });
    const catalog = [
      endpoint("identity", "/v3"),
      endpoint("compute", "/nova"),
      endpoint("network", "/neutron"),
      endpoint("image", "/glance"),
      endpoint("volumev3", "/cinder"),
    ];
    const token = {
      catalog,
      project: { ...PROJECT, domain: { id: "default", name: "Default" } },
      user: { id: "u", name: "me", domain: { id: "default", name: "Default" } },
      expires_at: "2099-01-01T00:00:00.000000Z",
      issued_at: "2020-01-01T00:00:00.000000Z",
      methods: ["password"],
      roles: [{ id: "m", name: "member" }],
    };
    return { status: 201, body: { token }, headers: { "x-subject-token": "token" } };
  }
}

type Handler = (
  cloud: FakeCloud,
  method: string,
  path: readonly string[],
  body: unknown,
  query: URLSearchParams,
) => { status: number; body?: unknown } | undefined;

const error = (status: number, message: string) => ({ status, body: { error: { code: status, message } } });

/** Making, showing, listing and removing of one collection. */
function collection(
  cloud: FakeCloud,
  key: string,
  method: string,
  id: string | undefined,
  body: unknown,
  query: URLSearchParams,
  made: (item: Item) => Item = (item) => item,
) {
  const items = cloud.items[key];
  const singular = SINGULAR[key] ?? "";
  if (items === undefined) return undefined;
  if (id === undefined || id === "detail") {
    if (method === "POST") {
      const item = made(cloud.add(key, { ...((body as Record<string, object>)[singular] as object) }));
      return { status: key === "servers" || key === "volumes" ? 202 : 201, body: { [singular]: item } };
    }
    const wanted = [...query].filter(([name]) => !["limit", "marker", "sort"].includes(name));
    const found = items.filter((item) =>
      wanted.every(([name, value]) => item[name] === undefined || String(item[name]) === value),
    );
    return { status: 200, body: { [key]: found } };
  }
  const index = items.findIndex((item) => item.id === id);
  const item = items[index];
  if (item === undefined)
    return {
      status: 404,
      body: { itemNotFound: { code: 404, message: `${singular} ${id} could not be found.` } },
    };
  if (method === "DELETE") {
    items.splice(index, 1);
    return { status: 204 };
  }
  if (method === "PUT") Object.assign(item, (body as Record<string, object>)[singular]);
  return { status: 200, body: { [singular]: item } };
}

const nova: Handler = (cloud, method, [what, id, part, more], body, query) => {
  if (what === "limits") return { status: 200, body: { limits: { absolute: cloud.limits } } };
  if (what === "os-availability-zone") {
    return {
      status: 200,
      body: { availabilityZoneInfo: [{ zoneName: "nova", zoneState: { available: true } }] },
    };
  }
  if (what === "os-keypairs") {
    if (method === "POST") {
      const { keypair } = body as { keypair: { name: string; public_key: string } };
      cloud.keypairs.push(keypair);
      return { status: 200, body: { keypair: { ...keypair, fingerprint: "f", user_id: "u" } } };
    }
    if (id === undefined)
      return { status: 200, body: { keypairs: cloud.keypairs.map((keypair) => ({ keypair })) } };
    const index = cloud.keypairs.findIndex(({ name }) => name === decodeURIComponent(id));
    if (index < 0) return error(404, "no such keypair");
    if (method === "DELETE") cloud.keypairs.splice(index, 1);
    return method === "DELETE" ? { status: 202 } : { status: 200, body: { keypair: cloud.keypairs[index] } };
  }
  if (what === "servers" && part === "metadata") return { status: 200, body: { metadata: {} } };
  if (what === "servers" && part === "os-interface")
    return {
      status: 200,
      body: { interfaceAttachments: portsOf(cloud, id ?? "").map(attachment) },
    };
  if (what === "servers" && part === "os-volume_attachments")
    return { status: 200, body: { volumeAttachments: [] } };
  if (what === "servers" && part === "tags") return { status: 200, body: { tags: [] } };
  if (more !== undefined) return undefined;
  if (what !== "servers" && what !== "flavors") return undefined;
  return collection(cloud, what, method, id, body, query, (item) => {
    const networks = (item.networks ?? []) as { port: string }[];
    for (const { port } of networks) {
      const found = cloud.items.ports?.find((one) => one.id === port);
      if (found) Object.assign(found, { device_id: item.id });
    }
    return Object.assign(item, {
      addresses: addressesOf(cloud, item.id),
      flavor: { id: item.flavorRef, original_name: "m1.medium", vcpus: 2, ram: 4096, disk: 40 },
      image: item.imageRef ? { id: item.imageRef } : "",
      "OS-EXT-STS:vm_state": "active",
      "OS-EXT-STS:power_state": 1,
      security_groups: [],
      "os-extended-volumes:volumes_attached": [],
    });
  });
};

interface Port {
  readonly id: string;
  readonly network_id: string;
  readonly mac_address: string;
  readonly fixed_ips: readonly { readonly ip_address: string }[];
}

const portsOf = (cloud: FakeCloud, server: string): Port[] =>
  (cloud.items.ports ?? []).filter((port) => port.device_id === server) as unknown as Port[];

const attachment = ({ id, network_id, mac_address, fixed_ips }: Port) => ({
  port_id: id,
  net_id: network_id,
  mac_addr: mac_address,
  fixed_ips,
  port_state: "ACTIVE",
});

/** A server's addresses by network, as Nova shows them. */
const addressesOf = (cloud: FakeCloud, server: string) =>
  Object.fromEntries(
    portsOf(cloud, server).map((port) => [
      cloud.items.networks?.find(({ id }) => id === port.network_id)?.name,
      port.fixed_ips.map(({ ip_address }) => ({
        version: 4,
        addr: ip_address,
        "OS-EXT-IPS-MAC:mac_addr": port.mac_address,
        "OS-EXT-IPS:type": "fixed",
      })),
    ]),
  );

const neutron: Handler = (cloud, method, [version, what, id, part], body, query) => {
  if (version !== "v2.0" || what === undefined) return undefined;
  if (what === "extensions") {
    const all = cloud.extensions.map((alias) => ({ alias, name: alias }));
    return id === undefined
      ? { status: 200, body: { extensions: all } }
      : { status: 200, body: { extension: { alias: id } } };
  }
  if (what === "quotas") return { status: 200, body: { quota: cloud.quota } };
  if (part === "remove_router_interface" || part === "add_router_interface") {
    const { subnet_id, port_id } = body as { subnet_id?: string; port_id?: string };
    const ports = cloud.items.ports ?? [];
    if (part === "remove_router_interface") {
      const index = ports.findIndex(
        (port) => port.device_id === id && (port.id === port_id || port.subnet_id === subnet_id),
      );
      ports.splice(index, 1);
      return { status: 200, body: { id } };
    }
    const port = cloud.add("ports", {
      device_id: id,
      device_owner: "network:router_interface",
      subnet_id,
      name: "",
      fixed_ips: [{ subnet_id, ip_address: "10.0.0.1" }],
    });
    return { status: 200, body: { id, subnet_id, port_id: port.id } };
  }
  const key = what.replaceAll("-", "_");
  return collection(cloud, key, method, id, body, query, (item) => {
    if (key === "networks") Object.assign(item, { mtu: 1450, subnets: [], admin_state_up: true });
    if (key === "ports") Object.assign(item, { device_owner: "", allowed_address_pairs: [] });
    if (key === "floatingips") Object.assign(item, { floating_ip_address: "203.0.113.7" });
    return item;
  });
};

const glance: Handler = (cloud, method, [version, what, id], body, query) =>
  version === "v2" && what === "images"
    ? image(collection(cloud, "images", method, id, body, query))
    : undefined;

/** Glance wraps a single one in nothing. */
const image = (answer: { status: number; body?: unknown } | undefined) => {
  const { image: only } = (answer?.body ?? {}) as { image?: unknown };
  return answer && only !== undefined ? { status: answer.status, body: only } : answer;
};

const cinder: Handler = (cloud, method, [what, id], body, query) => {
  if (what === "limits") return { status: 200, body: { limits: { absolute: cloud.limits } } };
  return what === "volumes"
    ? collection(cloud, "volumes", method, id, body, query, (item) =>
        Object.assign(item, { status: "available", attachments: [] }),
      )
    : undefined;
};

async function read(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
