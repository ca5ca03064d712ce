import { networksSchema } from "../../config/network-keys.ts";
import type { StackOn } from "../../config/schema.ts";
import { flag, matching, packageSources } from "../../config/values.ts";

export const keys = {
  pool: matching(
    "a name of letters, digits, hyphens and underscores, at most 50",
    /^[A-Za-z0-9][A-Za-z0-9_-]{0,49}$/,
  )
    .default("scratchstack")
    .describe("Incus storage pool"),
  networks: networksSchema.prefault({}),
  packageCache: flag()
    .default(true)
    .describe("Whether nodes install packages through the package cache of this machine"),
  bakedImages: flag()
    .default(false)
    .describe("Whether nodes are made from images that have the packages installed (`lab image`)"),
  privileged: flag()
    .default(false)
    .describe(
      "Whether new nodes are privileged containers: root on such a node is root on this machine. A node that exists stays as it is",
    ),
  packageSources: packageSources()
    .nullable()
    .default(null)
    .describe("Package sources of the nodes. Default: those of this machine, for Debian 13"),
};

/** A stack of Incus containers on this machine. */
export type LocalStack = StackOn<typeof keys>;
