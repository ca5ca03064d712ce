import type { StackConfig } from "../config/schema.ts";
import { GUEST_TOKEN, type Values } from "../curriculum/tokens.ts";
import type { Role } from "../curriculum/types.ts";
import { ROLES } from "../curriculum/types.ts";
import { GUEST_PATH } from "../hardware/guest/recipe.ts";
import type { Addresses } from "../hardware/types.ts";

/** What the values of a lab are read from: any node, declared or observed. */
export interface Place {
  readonly name: string;
  readonly roles: readonly Role[];
  readonly addresses: Addresses;
}

/**
 * Every token value of a node but secrets and facts, which are known only once the machines exist.
 * @param known the lab's nodes, in any order
 * @throws Error when `self` is not one of them
 */
export function knownValues(config: StackConfig, known: readonly Place[], self: string): Values {
  // In the configuration's order: the state has its nodes in the order in which they happened to be made.
  const places = Object.keys(config.nodes).flatMap(
    (name) => known.find((place) => place.name === name) ?? [],
  );
  const own = places.find((place) => place.name === self);
  if (own === undefined) throw new Error(`lab: no node called ${self}`);
  const values: Record<string, string> = {
    "self:name": own.name,
    "self:address": own.addresses.management,
    "self:tunnel": own.addresses.tunnel,
    "self:provider": own.addresses.provider,
    [GUEST_TOKEN]: GUEST_PATH,
    "lab:hosts": places.map((place) => `${place.addresses.management} ${place.name}`).join("\n"),
  };
  for (const role of ROLES) {
    const first = places.find((place) => place.roles.includes(role));
    if (first !== undefined) values[`address:${role}`] = first.addresses.management;
  }
  const { guest, ...settings } = config.settings;
  for (const [name, value] of Object.entries(settings)) values[`setting:${name}`] = String(value);
  values["setting:release"] = config.release;
  values["setting:guest_image"] = guest.image;
  values["setting:guest_url"] = guest.url ?? "";
  values["setting:guest_sha256"] = guest.sha256 ?? "";
  return values;
}
