import { z } from "zod";
import { flag, listOf, matching, section } from "../values.ts";
import { networksSchema } from "./networks.ts";

/** One-line package sources of nodes. */
const packageSources = () =>
  listOf(
    matching(
      "a line such as `deb http://mirror.example.org/debian trixie main`",
      /^deb (\[[^\]]+\] )?[a-z+]+:\/\S+ \S+( \S+)+$/,
    ),
    "a list of lines such as `deb http://mirror.example.org/debian trixie main`",
  );

/** Nodes as Incus containers on this machine. */
export const localSchema = section({
  kind: z.literal("local"),
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
});
