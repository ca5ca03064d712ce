/** Port of the package cache on this machine's loopback, and of the proxy device inside a node. */
export function packageCachePort(env: NodeJS.ProcessEnv = process.env): number {
  return Number(env.SCRATCHSTACK_CACHE_PORT ?? 13142);
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
