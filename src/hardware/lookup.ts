import { UserError } from "../config/errors.ts";
import type { StackConfig } from "../config/schema.ts";
import type { HardwareKind } from "./kind.ts";
import { KINDS } from "./kinds.ts";
import type { PlannedNode } from "./planned-node.ts";
import type { Checkpoints, Images } from "./types.ts";

const kinds: Readonly<Record<string, HardwareKind>> = KINDS;

/** The kind of hardware that a stack is on. @throws Error for an unknown one (configuration is checked before) */
export function hardwareOf({ hardware: { kind } }: StackConfig): HardwareKind {
  const found = kinds[kind];
  if (found === undefined) throw new Error(`hardware: no kind called ${kind}`);
  return found;
}

/** The nodes of a stack as its configuration alone tells them, in its order. */
export const plannedNodes = (config: StackConfig): PlannedNode[] => hardwareOf(config).plannedNodes(config);

/** @throws UserError where nodes are not made of images of ours */
export function imagesOf(config: StackConfig): Images {
  const { images } = hardwareOf(config);
  if (images !== undefined) return images;
  throw new UserError(
    `hardware.kind: found "${config.hardware.kind}", whose nodes are not made of images of ours; expected ${kindsWith("images")}`,
  );
}

/** @returns undefined where nodes of that kind cannot go back to an earlier moment */
export const checkpointsOf = (kind: string): Checkpoints | undefined => kinds[kind]?.checkpoints;

/** What tells whose hardware is, on the kind of a configuration; on all kinds where there is none. */
export const stateSorters = (config: StackConfig | undefined): NonNullable<HardwareKind["sortByState"]>[] =>
  (config === undefined ? Object.values(kinds) : [hardwareOf(config)]).flatMap(
    (kind) => kind.sortByState ?? [],
  );

/** Gives up what was reserved for a stack that is taken down. Its configuration may be gone, so all kinds are told. */
export function releaseStack(stack: string): void {
  for (const kind of Object.values(kinds)) kind.release?.(stack);
}

/** The kinds that can do something, for a message: `local or vagrant`. */
export const kindsWith = (what: "images" | "checkpoints"): string =>
  Object.entries(kinds)
    .flatMap(([name, kind]) => (kind[what] === undefined ? [] : [name]))
    .join(" or ");
