import type { z } from "zod";
import type { NetworkName } from "./networks.ts";
import { address, network, section } from "./values.ts";

const networkKeys = {
  cidr: network("an IPv4 network of prefix /16 to /28, e.g. 10.141.7.0/24", 16, 28)
    .optional()
    .describe(
      "IPv4 network of prefix /16 to /28, e.g. 10.141.7.0/24. Default: on local hardware one that nothing on this machine uses; on a cloud derived from the name of the stack",
    ),
  gateway: address()
    .optional()
    .describe(
      "Address of the router out of the network; on local hardware this machine. Default: the first address",
    ),
};
const networkSchema = section(networkKeys);

const providerSchema = section({
  ...networkKeys,
  pool: section({
    first: address().optional().describe("Default: the middle of the network, x.y.z.128 of a /24"),
    last: address().optional().describe("Default: the last address of the network, x.y.z.254 of a /24"),
  })
    .prefault({})
    .describe("Addresses that OpenStack gives to routers and as floating addresses"),
});

/** What each network is for. */
const PURPOSE: Readonly<Record<NetworkName, string>> = {
  management: "The services talk to each other on it",
  tunnel: "Carries the traffic of tenant networks between the nodes",
  provider: "The network outside of the cloud: floating addresses are in it",
};

/** The three networks that every kind of hardware has. */
export const networksSchema = section({
  management: networkSchema.prefault({}).describe(PURPOSE.management),
  tunnel: networkSchema.prefault({}).describe(PURPOSE.tunnel),
  provider: providerSchema.prefault({}).describe(PURPOSE.provider),
}).describe("The three networks of the lab");

const cidr = { cidr: networkKeys.cidr.unwrap().describe("IPv4 network of prefix /16 to /28") };

/** The same networks where they exist already, so that nothing can be derived. */
export const hostNetworksSchema = section({
  management: networkSchema.extend(cidr).describe(PURPOSE.management),
  tunnel: networkSchema.extend(cidr).describe(PURPOSE.tunnel),
  provider: providerSchema.extend(cidr).describe(PURPOSE.provider),
}).describe("The three networks that the hosts are in");

export type NetworkInput = z.output<typeof networkSchema>;
