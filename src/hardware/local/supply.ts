import { packageCacheUrl, throughPackageCache } from "../../config/package-cache.ts";
import { packageSources } from "../sources.ts";
import type { LocalStack } from "./config.ts";

/** Where the nodes' packages come from. */
export interface Supply {
  /** One-line apt sources. */
  readonly sources: readonly string[];
  /** Null without a proxy. */
  readonly proxy: string | null;
}

/** @throws UserError when this machine has no package sources */
export function supply({ hardware, settings }: LocalStack): Supply {
  const sources = packageSources(hardware.packageSources);
  // The cache has a way out of its own.
  if (!hardware.packageCache || settings.proxy !== null) return { sources, proxy: null };
  const cached = sources.map((line) =>
    line
      .split(" ")
      .map((word) => throughPackageCache(word))
      .join(" "),
  );
  return { sources: cached, proxy: packageCacheUrl() };
}
