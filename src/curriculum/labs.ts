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
import type { Lab } from "./types.ts";

/** A control and a compute node: all of OpenStack but networking and object storage. */
export const lab001: Lab = {
  id: "lab001",
  title: "Control node and compute node",
  roles: ["control", "compute"],
  // Packages are installed in this order. Nova's way to a server that boots is the longest: it comes before what nothing waits for.
  services: [
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
  ],
};

/** Every lab there is, by id. */
export const LABS: Readonly<Record<string, Lab>> = { lab001 };
