import { UserError } from "./errors.ts";

const DEFAULT = 13142;
/** apt-cacher-ng keeps its port in a signed number of 16 bits: it cannot listen on one above. */
const [LOWEST, HIGHEST] = [1024, 32767];

/**
 * Port of the package cache on this machine's loopback, and of the proxy device inside a node.
 * `$SCRATCHSTACK_CACHE_PORT`. @default 13142
 * @throws UserError for what is no port that the cache can have
 */
export function packageCachePort(env: NodeJS.ProcessEnv = process.env): number {
  const text = env.SCRATCHSTACK_CACHE_PORT ?? String(DEFAULT);
  const port = /^\d+$/.test(text) ? Number(text) : 0;
  if (port >= LOWEST && port <= HIGHEST) return port;
  throw new UserError(
    `SCRATCHSTACK_CACHE_PORT: found ${text}, expected a number from ${LOWEST} to ${HIGHEST}`,
  );
}

/** The package cache as an HTTP proxy for apt. The same address on this machine and inside a node. */
export function packageCacheUrl(env: NodeJS.ProcessEnv = process.env): string {
  return `http://127.0.0.1:${packageCachePort(env)}`;
}

/**
 * A package source's address as apt must name it when it fetches through the cache: `https://…` becomes
 * `http://HTTPS///…`, for which the cache speaks TLS to the outside; `http://…` stays as it is.
 */
export function throughPackageCache(uri: string): string {
  return uri.startsWith("https://") ? `http://HTTPS///${uri.slice("https://".length)}` : uri;
}
