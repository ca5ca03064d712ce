import type { StackOn } from "../../config/schema.ts";
import { numberedAddresses } from "../numbered.ts";
import type { Interfaces, Place } from "../types.ts";

/** A node as the configuration alone tells it. */
export const placeOf = (config: StackOn<"hosts">, name: string): Place => ({
  name,
  roles: config.nodes[name]?.roles ?? [],
  addresses: numberedAddresses(config, name),
  interfaces: interfacesOf(config, name),
});

/** MACs as the kernel writes them. */
function interfacesOf({ hardware }: StackOn<"hosts">, name: string): Interfaces {
  const cards = hardware.hosts[name]?.interfaces;
  const card = (given: string | null | undefined): string =>
    given?.includes(":") ? given.toLowerCase() : (given ?? "");
  return {
    management: card(cards?.management),
    tunnel: card(cards?.tunnel),
    provider: card(cards?.provider),
  };
}
