import { existsSync } from "node:fs";
import { packageCacheUrl } from "../../config/package-cache.ts";
import { workAsRoot } from "../exec.ts";
import { aptInstallQuietly } from "../machine/apt.ts";
import { CACHE_PROGRAM, configure, isConfigured, isUp, start } from "../package-cache/service.ts";
import type { Requirement, Say } from "../types.ts";

/** Installed without its own service, which would listen on every address. One that is there already is not touched. */
async function install(say: Say): Promise<void> {
  if (!existsSync(CACHE_PROGRAM)) {
    await aptInstallQuietly(["apt-cacher-ng"], say);
    const disable = ["apt-cacher-ng", "disable"];
    await workAsRoot("update-rc.d", disable, { doing: "keeping Debian's own instance off", say });
  }
  await configure(say);
  await start(say);
}

export const packageCache: Requirement = {
  id: "package-cache",
  title: "package cache",
  neededBy: "nodes that fetch nothing twice",
  async probe() {
    if (!existsSync(CACHE_PROGRAM)) return { found: "not installed", state: "missing" };
    if (!isConfigured()) return { found: "not configured", state: "missing" };
    return (await isUp())
      ? { found: packageCacheUrl(), state: "ok" }
      : { found: "not running", state: "missing" };
  },
  mend: { text: "scripts/setup", run: install },
};
