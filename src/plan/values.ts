import { hashOf } from "../config/hash.ts";
import { parseCidr } from "../config/ipv4.ts";
import type { ConfiguredStack } from "../config/schema.ts";
import { GUEST_TOKEN, tokensOf, type Values } from "../curriculum/tokens.ts";
import { ROLES, THIS_MACHINE } from "../curriculum/types.ts";
import { GUEST_PATH } from "../hardware/guest/recipe.ts";
import type { KeyPair } from "../hardware/keys.ts";
import type { PlannedNode } from "../hardware/planned-node.ts";
import type { PlannedStep } from "./planned-steps.ts";
import { ingredients } from "./script.ts";
import { thisMachineValues } from "./this-machine.ts";

/** Tokens that stand for a part of the lab's key pair. */
export const KEY_TOKENS: Readonly<Record<string, keyof KeyPair>> = {
  "lab:public_key": "public",
  "here:private_key": "private",
};

/** Whether every token of a step's script has a value. */
export const isKnown = (planned: PlannedStep, values: Values): boolean =>
  tokensOf(ingredients(planned)).every(
    (token) => token in values && !(token in KEY_TOKENS && values[token] === ""),
  );

/**
 * Every token value of a node, except secrets and facts: they are known only when the node exists.
 * @param known the lab's nodes, in any order
 * @param self a node's name, or THIS_MACHINE
 * @throws Error when `self` is neither
 */
export function knownValues(
  { name: stack, config }: ConfiguredStack,
  known: readonly PlannedNode[],
  self: string,
): Values {
  // In the order of the configuration: the state has its nodes in the order in which they were made.
  const places = Object.keys(config.nodes).flatMap(
    (name) => known.find((place) => place.name === name) ?? [],
  );
  const { tunnel, provider } = config.hardware.networks;
  const values: Record<string, string> = {
    ...(self === THIS_MACHINE ? thisMachineValues(stack) : ownValues(stack, places, self)),
    [GUEST_TOKEN]: GUEST_PATH,
    "lab:hosts": places.map((place) => `${place.addresses.management} ${place.name}`).join("\n"),
    "lab:names": places.map((place) => place.name).join("|"),
    "lab:nodes": names(places),
    "lab:compute_nodes": names(places.filter(({ roles }) => roles.includes("compute"))),
    "lab:tunnel_prefix": String(parseCidr(tunnel.cidr)?.prefix ?? ""),
    "lab:provider_cidr": provider.cidr,
    "lab:provider_gateway": provider.gateway,
    "lab:pool_first": provider.pool.first,
    "lab:pool_last": provider.pool.last,
    "lab:floating": provider.pool.last,
  };
  for (const role of ROLES) {
    const first = places.find((place) => place.roles.includes(role));
    if (first === undefined) continue;
    values[`address:${role}`] = first.addresses.management;
    values[`tunnel:${role}`] = first.addresses.tunnel;
  }
  const { guest, proxy: _, ...settings } = config.settings;
  for (const [name, value] of Object.entries(settings)) values[`setting:${name}`] = String(value);
  values["setting:release"] = config.release;
  values["setting:guest_image"] = guest.image;
  values["setting:guest_url"] = guest.url ?? "";
  values["setting:guest_sha256"] = guest.sha256 ?? "";
  return values;
}

const names = (places: readonly PlannedNode[]): string => places.map(({ name }) => name).join(" ");

/** Neutron's name of the physical network that leads outside, and the bridge of this network. */
const PROVIDER_BRIDGE = "provider:br-ex";

function ownValues(stack: string, places: readonly PlannedNode[], self: string): Values {
  const own = places.find((place) => place.name === self);
  if (own === undefined) throw new Error(`lab: no node called ${self}`);
  return {
    "self:name": own.name,
    "self:uuid": uuidOf(`${stack}/${own.name}`),
    "self:address": own.addresses.management,
    "self:tunnel": own.addresses.tunnel,
    "self:provider": own.addresses.provider,
    "self:bridge_mappings": own.roles.includes("network") ? PROVIDER_BRIDGE : "",
  };
}

/** A UUID that follows from a text (version 8 of RFC 9562): a node that is built anew gets its predecessor's. */
function uuidOf(text: string): string {
  const digits = hashOf(text, 32);
  const variant = ((Number.parseInt(digits.charAt(16), 16) & 0x3) | 0x8).toString(16);
  return [
    digits.slice(0, 8),
    digits.slice(8, 12),
    `8${digits.slice(13, 16)}`,
    `${variant}${digits.slice(17, 20)}`,
    digits.slice(20, 32),
  ].join("-");
}
