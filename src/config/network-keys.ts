import type { z } from "zod";
import { parseCidr } from "./ipv4.ts";
import { address, section, text } from "./values.ts";

const isNetwork = (value: string): boolean => {
  const prefix = parseCidr(value)?.prefix ?? 0;
  return prefix >= 16 && prefix <= 28;
};

const networkKeys = {
  /** IPv4, e.g. `10.141.7.0/24`. @default derived from the stack's name */
  cidr: text("an IPv4 network of prefix /16 to /28, e.g. 10.141.7.0/24", isNetwork).optional(),
  /** Who leads out of it; on local hardware this machine. @default the first address of the network */
  gateway: address().optional(),
};
const networkSchema = section(networkKeys);

const providerSchema = section({
  ...networkKeys,
  /** What OpenStack may give away of it: gateways of routers, floating addresses. */
  pool: section({
    /** @default the middle of the network: x.y.z.128 of a /24 */
    first: address().optional(),
    /** @default the network's last: x.y.z.254 of a /24 */
    last: address().optional(),
  }).prefault({}),
});

/** The three networks that every kind of hardware has. */
export const networksSchema = section({
  management: networkSchema.prefault({}),
  tunnel: networkSchema.prefault({}),
  provider: providerSchema.prefault({}),
});

const cidr = { cidr: networkKeys.cidr.unwrap() };

/** The same where they are there already: nothing can be derived. */
export const hostNetworksSchema = section({
  management: networkSchema.extend(cidr),
  tunnel: networkSchema.extend(cidr),
  provider: providerSchema.extend(cidr),
});

export type NetworkInput = z.output<typeof networkSchema>;
