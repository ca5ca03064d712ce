import { logIn, type Reply } from "./cloud.ts";

/** A small Keystone and Neutron in memory, for the program that talks to them. It deletes nothing that others refer to. */
export class FakeNeutron {
  /** Changes it still makes; then it hangs up. */
  patience = Number.POSITIVE_INFINITY;
  /** Requests that it cannot serve just now. */
  busy = 0;
  private readonly lists = new Map<string, Thing[]>();
  private ids = 0;

  constructor(private readonly url: () => string) {}

  list(path: string): Thing[] {
    const list = this.lists.get(path) ?? [];
    this.lists.set(path, list);
    return list;
  }

  /** @throws Error where there is none of that name */
  one(path: string, name: string): Thing {
    const found = this.list(path).find((thing) => [thing.name, thing.floating_ip_address].includes(name));
    if (!found) throw new Error(`${path}: no ${name}`);
    return found;
  }

  add(path: string, told: Told): Thing {
    this.ids += 1;
    const thing = { project_id: "ours", ...structuredClone(DEFAULTS[path]), ...told, id: `(${this.ids})` };
    this.list(path).push(thing);
    return thing;
  }

  /** @returns undefined where it hangs up */
  reply(method: string, { pathname, searchParams }: URL, body: Told): Reply | undefined {
    if (pathname === "/v3/auth/tokens") return logIn(body, this.url(), ["network"]);
    if (this.busy > 0) {
      this.busy -= 1;
      return refuse(503, "Service Unavailable");
    }
    const [, , path = "", id = "", verb = ""] = decodeURIComponent(pathname).split("/");
    const key = path.replaceAll("-", "_");
    if (method === "GET") {
      const fits = (thing: Thing) => [...searchParams].every(([name, value]) => thing[name] === value);
      return {
        status: 200,
        body: {
          [key]: this.list(path)
            .map((thing) => this.shown(path, thing))
            .filter(fits),
        },
      };
    }
    this.patience -= 1;
    if (this.patience < 0) return undefined;
    const told = (body[key.slice(0, -1)] ?? {}) as Told;
    const shown = (thing: Thing) => ({ status: 200, body: { [key.slice(0, -1)]: this.shown(path, thing) } });
    if (method === "POST") return shown(this.add(path, told));
    const thing = this.list(path).find((known) => known.id === id);
    if (!thing) return refuse(404, `${path} ${id}\nnot found`);
    if (method === "DELETE") return this.remove(path, id);
    if (verb === "remove_router_interface") return this.remove("ports", `${body.port_id}`);
    if (verb === "add_router_interface") {
      const owner = { device_id: id, device_owner: "network:router_interface" };
      this.add("ports", { ...owner, fixed_ips: [{ subnet_id: body.subnet_id }] });
      return { status: 200, body: {} };
    }
    return shown(Object.assign(thing, told));
  }

  private shown(path: string, thing: Thing): Thing {
    if (path !== "security-groups") return thing;
    const rules = this.list("security-group-rules").filter((rule) => rule.security_group_id === thing.id);
    return { ...thing, security_group_rules: [EGRESS, ...rules] };
  }

  private remove(path: string, id: string): Reply {
    const used = [...this.lists].find(([, list]) =>
      list.some((thing) => thing.id !== id && JSON.stringify(thing).includes(id)),
    );
    if (used && used[0] !== "security-group-rules")
      return refuse(409, `${path} ${id}\nis used by ${used[0]}`);
    this.lists.set(
      path,
      this.list(path).filter((thing) => thing.id !== id),
    );
    return { status: 204, body: {} };
  }
}

type Told = Readonly<Record<string, unknown>>;
type Thing = Record<string, unknown> & { readonly id: string };

/** What Neutron says of an object without having been told. */
const DEFAULTS: Readonly<Record<string, Told>> = {
  networks: {
    admin_state_up: true,
    "router:external": false,
    "provider:network_type": "vxlan",
    "provider:physical_network": null,
  },
  subnets: { allocation_pools: [{ start: "10.9.9.2", end: "10.9.9.254" }] },
  routers: { admin_state_up: true },
  ports: { admin_state_up: true, name: "", device_id: "", device_owner: "", fixed_ips: [] },
};
const EGRESS = { id: "egress", direction: "egress", ethertype: "IPv4", protocol: null };

function refuse(status: number, message: string): Reply {
  return { status, body: { NeutronError: { type: "Refused", message, detail: "" } } };
}
