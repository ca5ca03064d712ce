import type { Action } from "../../src/curriculum/actions.ts";
import type { Lab, Role, Step } from "../../src/curriculum/types.ts";
import type { LocalStack } from "../../src/hardware/local/config.ts";

const network = (cidr: string, gateway: string) => ({ cidr, gateway });

/** A stack with a control and two compute nodes. */
export const CONFIG: LocalStack = {
  lab: "lab-test",
  release: "2025.1",
  hardware: {
    kind: "local",
    pool: "scratchstack",
    networks: {
      management: network("10.1.0.0/24", "10.1.0.1"),
      tunnel: network("10.2.0.0/24", "10.2.0.1"),
      provider: { ...network("10.3.0.0/24", "10.3.0.1"), pool: { first: "10.3.0.128", last: "10.3.0.254" } },
    },
    packageCache: true,
    bakedImages: false,
    privileged: false,
    packageSources: null,
  },
  nodes: {
    control: { roles: ["control"], number: 11, memory: "4GiB", cpus: null },
    one: { roles: ["compute"], number: 12, memory: "4GiB", cpus: null },
    two: { roles: ["compute"], number: 13, memory: "4GiB", cpus: null },
  },
  checkpoints: "service",
  settings: {
    region: "RegionOne",
    workers: 2,
    virtualization: "auto",
    datapath: "auto",
    proxy: { http: null, https: null, noProxy: null },
    guest: { image: "direct", url: null, sha256: null },
  },
};

/** A step with as little as a step can have. */
export function step(id: string, role: Role | "all", action: Action, after?: readonly string[]): Step {
  return { id, title: id, why: "w", see: "s", role, action, ...(after ? { after } : {}) };
}

const packages = (name: string): Action => ({ kind: "packages", names: [name] });
const unit = (name: string): Action => ({ kind: "unit", units: [name] });

/** Two services on the control node, one on the compute nodes, one on all. */
export const LAB: Lab = {
  id: "lab-test",
  title: "t",
  roles: ["control", "compute"],
  services: [
    { id: "base", title: "b", module: "001", steps: [step("base/hosts", "all", packages("base"))] },
    {
      id: "api",
      title: "a",
      module: "001",
      steps: [
        step("api/install", "control", packages("api"), ["base/hosts"]),
        step("api/configure", "control", {
          kind: "ini",
          file: "/etc/api.conf",
          set: { database: { connection: "mysql://api:{{secret:api/database}}@{{address:control}}/api" } },
        }),
        step("api/start", "control", unit("api")),
      ],
    },
    {
      id: "agent",
      title: "g",
      module: "001",
      steps: [
        step("agent/install", "compute", packages("agent"), ["base/hosts"]),
        step("agent/start", "compute", unit("agent"), ["agent/install", "api/start"]),
        step("agent/register", "control", unit("api"), ["agent/start"]),
      ],
    },
  ],
};
