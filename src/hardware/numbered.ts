import { addressOf } from "../config/addresses.ts";
import type { StackConfig } from "../config/schema.ts";
import type { Addresses } from "./types.ts";

/** A node's address in each network: its number, counted in the network, where the configuration gives it no other. */
export const numberedAddresses = (config: StackConfig, node: string): Addresses => ({
  management: addressOf(config, node, "management"),
  tunnel: addressOf(config, node, "tunnel"),
  provider: addressOf(config, node, "provider"),
});
