import { existsSync } from "node:fs";
import { packageCacheUrl } from "../../config/package-cache.ts";
import { workAsRoot } from "../exec.ts";
import { aptInstallQuietly } from "../machine/apt.ts";
import { CACHE_PROGRAM, configure, isConfigured, isUp, start } from "../package-cache/service.ts";
import type { Requirement, Say } from "../types.ts";

/** Installs the program without its own service, which would listen on every address. Leaves a service that exists alone. */
async function install(say: Say): Promise<void> {
  if (!existsSync(CACHE_PROGRAM)) {
    await aptInstallQuietly(["apt-cacher-ng"], say);
    const disable = ["apt-cacher-ng", "disable"];
    await workAsRoot("update-rc.d", disable, { doing: "disabling Debian's own instance", say });
  }
  await configure(say);
  await start(say);
}

export const packageCache: Requirement = {
  id: "package-cache",
  title: "package cache",
  neededBy: "nodes, so that no package is downloaded twice",
  async probe() {
    if (!existsSync(CACHE_PROGRAM)) return { found: "not installed", state: "missing" };
    if (!isConfigured()) return { found: "not configured", state: "missing" };
    return (await isUp())
      ? { found: packageCacheUrl(), state: "ok" }
      : { found: "not running", state: "missing" };
  },
  fix: { text: "scripts/setup", run: install },
};
