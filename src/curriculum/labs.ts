import { assemble } from "./assemble.ts";
import { base } from "./base.ts";
import { cinder } from "./cinder.ts";
import { firstLogin } from "./first-login.ts";
import { firstNetwork } from "./first-network.ts";
import { firstServer } from "./first-server.ts";
import { glance } from "./glance.ts";
import { horizon } from "./horizon.ts";
import { keystone } from "./keystone.ts";
import { mariadb } from "./mariadb.ts";
import { memcached } from "./memcached.ts";
import { neutron } from "./neutron.ts";
import { neutronDhcpAgent } from "./neutron-dhcp-agent.ts";
import { neutronL3Agent } from "./neutron-l3-agent.ts";
import { neutronMetadataAgent } from "./neutron-metadata-agent.ts";
import { neutronOpenvswitchAgent } from "./neutron-openvswitch-agent.ts";
import { noNetwork } from "./no-network.ts";
import { nova } from "./nova.ts";
import { novaCompute } from "./nova-compute.ts";
import { openVswitch } from "./open-vswitch.ts";
import { packetPath } from "./packet-path.ts";
import { placement } from "./placement.ts";
import { rabbitmq } from "./rabbitmq.ts";
import type { Lab, Service } from "./types.ts";

/**
 * Services of a control and a compute node. Packages are installed in this order. Nova takes longest until a server boots, so it
 * comes before services that nothing waits for.
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

/** The same with a network. On the control node, Neutron comes before services that no server waits for. */
const NETWORK: readonly Service[] = [
  base,
  mariadb,
  rabbitmq,
  memcached,
  keystone,
  placement,
  noNetwork,
  nova,
  novaCompute,
  neutron,
  openVswitch,
  neutronOpenvswitchAgent,
  neutronL3Agent,
  neutronDhcpAgent,
  neutronMetadataAgent,
  glance,
  cinder,
  horizon,
  firstServer,
  firstNetwork,
  firstLogin,
  packetPath,
];

/** Every service. */
const ALL: readonly Service[] = [...new Set([...COMPUTE, ...NETWORK])];

/** A control and a compute node: OpenStack without networking and object storage. */
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
    services: NETWORK,
  },
  ALL,
);

/** Every lab by id. Each continues the one before. */
export const LABS: Readonly<Record<string, Lab>> = { lab001, lab002 };
