import { UserError } from "../config/errors.ts";
import type { HardwareKind, StackConfig } from "../config/schema.ts";
import { hosts } from "./hosts/index.ts";
import { local } from "./local/index.ts";
import { openstack } from "./openstack/index.ts";
import type { Checkpoints, Hardware, Images } from "./types.ts";

/** Every kind of hardware that `hardware.kind` may name. */
const HARDWARE = { local, hosts, openstack } satisfies Record<HardwareKind, Hardware>;

/** The kind of hardware that a stack is on. */
export const hardwareOf = (config: StackConfig): Hardware => HARDWARE[config.hardware.kind];

/** @throws UserError where nodes are not made of images of ours */
export function imagesOf(config: StackConfig): Images {
  const { images } = hardwareOf(config);
  if (images !== undefined) return images;
  const imaged = Object.entries<Hardware>(HARDWARE).flatMap(([kind, hardware]) =>
    hardware.images ? [kind] : [],
  );
  throw new UserError(
    `hardware.kind: found "${config.hardware.kind}", whose nodes are not made of images of ours; expected ${imaged.join(" or ")}`,
  );
}

/** Absent where nodes of that kind cannot be put back to an earlier moment. */
export const checkpointsOf = (kind: HardwareKind): Checkpoints | undefined =>
  (HARDWARE[kind] satisfies Hardware as Hardware).checkpoints;
