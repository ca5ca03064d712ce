import { networksSchema } from "../../config/network-keys.ts";
import type { StackOn } from "../../config/schema.ts";
import { flag, matching, packageSources } from "../../config/values.ts";

export const keys = {
  /** Storage pool. @default scratchstack */
  pool: matching(
    "a name of letters, digits, hyphens and underscores, at most 50",
    /^[A-Za-z0-9][A-Za-z0-9_-]{0,49}$/,
  ).default("scratchstack"),
  networks: networksSchema.prefault({}),
  /** Packages come through the machine's package cache. @default true */
  packageCache: flag().default(true),
  /** Nodes are made of images that hold their packages (`lab image`). @default false: every node installs its own */
  bakedImages: flag().default(false),
  /** @default null: this machine's own, with the nodes' suite */
  packageSources: packageSources().nullable().default(null),
};

/** A stack of Incus containers on this machine. */
export type LocalStack = StackOn<typeof keys>;
