import { networksSchema } from "../../../src/config/network-keys.ts";
import type { Problem } from "../../../src/config/problems.ts";
import type { StackOn } from "../../../src/config/schema.ts";
import { flag, matching } from "../../../src/config/values.ts";

export const keys = {
  networks: networksSchema.prefault({}),
  /** Where the toy machines are made. */
  shop: matching("the name of a shop, e.g. north", /^[a-z]+$/),
  /** @default false */
  windUp: flag().default(false),
};

/** A stack of toy machines. */
export type ToyStack = StackOn<typeof keys>;

/** What a toy calls its network cards. */
export const INTERFACES = { management: "toy0", tunnel: "toy1", provider: "toy2" };

/** Only the shop in the north makes machines that are wound up. */
export function checkConfig({ hardware: { shop, windUp } }: ToyStack): Problem[] {
  if (!windUp || shop === "north") return [];
  return [{ path: ["hardware", "windUp"], found: "true", expected: `false: ${shop} does not make these` }];
}
