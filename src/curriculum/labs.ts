import { assemble } from "./assemble.ts";
import { base } from "./base.ts";
import { cinder } from "./cinder.ts";
import { firstServer } from "./first-server.ts";
import { glance } from "./glance.ts";
import { horizon } from "./horizon.ts";
import { keystone } from "./keystone.ts";
import { mariadb } from "./mariadb.ts";
import { memcached } from "./memcached.ts";
import { noNetwork } from "./no-network.ts";
import { nova } from "./nova.ts";
import { novaCompute } from "./nova-compute.ts";
import { placement } from "./placement.ts";
import { rabbitmq } from "./rabbitmq.ts";
import type { Lab, Service } from "./types.ts";

/**
 * What a control and a compute node run. Packages are installed in this order. Nova's way to a server that boots is the
 * longest: it comes before what nothing waits for.
 */
const COMPUTE: readonly Service[] = [
  base,
  mariadb,
  rabbitmq,
  memcached,
  keystone,
  placement,
  noNetwork,
  nova,
  novaCompute,
  glance,
  cinder,
  horizon,
  firstServer,
];

/** What the network node adds. */
const NETWORK: readonly Service[] = [];

/** Every service there is. */
const ALL: readonly Service[] = [...COMPUTE, ...NETWORK];

/** A control and a compute node: all of OpenStack but networking and object storage. */
export const lab001: Lab = assemble(
  { id: "lab001", title: "Control node and compute node", roles: ["control", "compute"], services: COMPUTE },
  ALL,
);

/** Lab001 continued with a network node: a server is reached over the network. */
export const lab002: Lab = assemble(
  {
    id: "lab002",
    title: "Network node",
    roles: ["control", "compute", "network"],
    services: [...COMPUTE, ...NETWORK],
  },
  ALL,
);

/** Every lab there is, by id; each continues the one before. */
export const LABS: Readonly<Record<string, Lab>> = { lab001, lab002 };
