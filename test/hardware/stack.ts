import type { LocalStack } from "../../src/hardware/local/config.ts";

/** A stack's configuration as the rest of the program would hand it over. */
export const CONFIG: LocalStack = {
  lab: "lab001",
  release: "2025.1",
  hardware: {
    kind: "local",
    pool: "scratchstack",
    networks: {
      management: { cidr: "10.70.0.0/24", gateway: "10.70.0.1" },
      tunnel: { cidr: "10.70.1.0/24", gateway: "10.70.1.1" },
      provider: {
        cidr: "10.70.2.0/24",
        gateway: "10.70.2.1",
        pool: { first: "10.70.2.128", last: "10.70.2.254" },
      },
    },
    packageCache: true,
    bakedImages: false,
    privileged: false,
    packageSources: ["deb http://mirror.test/debian trixie main"],
  },
  nodes: {
    control: { roles: ["control"], number: 11, memory: "6GiB", cpus: null },
    compute: { roles: ["compute"], number: 12, memory: "4GiB", cpus: 2 },
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
