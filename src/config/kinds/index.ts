import { z } from "zod";
import { hostsSchema } from "./hosts.ts";
import { localSchema } from "./local.ts";
import { openstackSchema } from "./openstack.ts";

/** Every kind of hardware; each is also a folder `src/hardware/<kind>/`. */
const KINDS = [localSchema, hostsSchema, openstackSchema] as const;

/** Its `kind`s, in the order in which they are named to a user. */
export const HARDWARE_KINDS = KINDS.map((kind) => kind.shape.kind.value);

/** What the nodes are made of; without a `kind`, `local` (normalize.ts puts it in). */
export const hardwareSchema = z.discriminatedUnion("kind", KINDS, {
  error: `a mapping such as { kind: local }, of kind ${HARDWARE_KINDS.join(" or ")}`,
});
