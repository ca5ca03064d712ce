import { existsSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { userInfo } from "node:os";
import { join } from "node:path";
import { UserError } from "../../config/errors.ts";
import { packageCachePort } from "../../config/package-cache.ts";
import { cache, home } from "../../config/paths.ts";
import { run, workAsRoot } from "../exec.ts";
import { aptSources, writeAsRoot } from "../machine/apt.ts";
import { hasSystemd, listens, startDetached, until } from "../machine/daemon.ts";
import type { Say } from "../types.ts";
import { cacheConfig, cacheUnit } from "./config.ts";
import { removeIndices } from "./indices.ts";

export const CACHE_PROGRAM = "/usr/sbin/apt-cacher-ng";
const UNIT = "scratchstack-packages.service";
const UNIT_FILE = join("/etc/systemd/system", UNIT);

function configFolder(): string {
  return join(home(), "package-cache");
}

/** The folder of the packages. */
export function packagesFolder(): string {
  return join(cache(), "packages");
}

export function isConfigured(): boolean {
  return existsSync(CACHE_PROGRAM) && existsSync(join(configFolder(), "acng.conf"));
}

export function isUp(): Promise<boolean> {
  return listens({ port: packageCachePort() });
}

/** Writes the daemon's configuration, and its unit where systemd runs this machine. */
export async function configure(say: Say): Promise<void> {
  const folder = configFolder();
  const logFolder = join(folder, "log");
  await mkdir(logFolder, { recursive: true });
  await mkdir(packagesFolder(), { recursive: true });
  const proxy =
    /"([^"]*)"/.exec((await run("apt-config", ["dump", "Acquire::http::Proxy"])).stdout)?.[1] ?? "";
  const text = cacheConfig({
    cacheFolder: packagesFolder(),
    logFolder,
    port: packageCachePort(),
    sources: (await aptSources()).map(({ uri }) => uri),
    proxy,
  });
  await writeFile(join(folder, "acng.conf"), text);
  if (!(await hasSystemd())) return;
  const unit = cacheUnit(folder, packagesFolder(), userInfo().username);
  if ((await readFile(UNIT_FILE, "utf8").catch(() => "")) === unit) return;
  await writeAsRoot(UNIT_FILE, unit, say);
  const doing = "enabling the package cache";
  await workAsRoot("systemctl", ["daemon-reload"], { doing, say });
  await workAsRoot("systemctl", ["enable", "--quiet", UNIT], { doing, say });
}

/**
 * Starts the daemon where it does not run, and has it renew indices that are a week old.
 * @throws UserError with the path of its log when it does not answer
 */
export async function start(say: Say): Promise<void> {
  await removeIndices(packagesFolder());
  if (await isUp()) return;
  const log = join(configFolder(), "log/daemon.log");
  if (await hasSystemd()) {
    await workAsRoot("systemctl", ["restart", UNIT], { doing: "starting the package cache", say });
  } else {
    startDetached(CACHE_PROGRAM, ["-c", configFolder(), "ForeGround=1"], log);
  }
  if (!(await until(isUp, 10_000))) {
    throw new UserError(
      `The package cache does not answer on port ${packageCachePort()}. Its log: ${log}`,
      1,
    );
  }
}
