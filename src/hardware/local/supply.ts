import { packageCacheUrl, throughPackageCache } from "../../config/package-cache.ts";
import { hasProxy } from "../../config/proxy.ts";
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
export function supply(config: LocalStack): Supply {
  const { hardware } = config;
  const sources = packageSources(hardware.packageSources);
  // The cache has a way out of its own.
  if (!hardware.packageCache || hasProxy(config)) return { sources, proxy: null };
  const cached = sources.map((line) =>
    line
      .split(" ")
      .map((word) => throughPackageCache(word))
      .join(" "),
  );
  return { sources: cached, proxy: packageCacheUrl() };
}
