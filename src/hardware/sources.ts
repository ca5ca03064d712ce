import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { UserError } from "../config/errors.ts";
import { cache } from "../config/paths.ts";

/** Debian release of the nodes, independent of this machine's. */
export const SUITE = "trixie";

const FORMAT = "$(REPO_URI)|$(RELEASE)|$(ORIGIN)|$(COMPONENT)";
const KEPT = /^[a-z]+(-updates|-security)?$/;

/**
 * Package sources of the nodes, from the output of `apt-get indextargets` about this machine's: the same servers, the nodes'
 * suite. Other vendors, backports and components other than `main` are left out.
 * @param targets lines of `uri|release|origin|component`
 */
export function sourcesFrom(targets: string): string[] {
  const lines = targets.split("\n").flatMap((line) => {
    const [uri, release = "", origin, component] = line.trim().split("|");
    const suite = KEPT.exec(release);
    if (!uri || !suite || origin !== "Debian" || component !== "main") return [];
    return [`deb ${uri.replace(/\/$/, "")} ${SUITE}${suite[1] ?? ""} main`];
  });
  return [...new Set(lines)].sort();
}

/**
 * One-line apt sources for the nodes: `hardware.packageSources` where it is set, else this machine's own.
 * @throws UserError when this machine has no Debian archive among its sources
 */
export function packageSources(configured: readonly string[] | null): readonly string[] {
  if (configured !== null) return configured;
  const found = sourcesFrom(indexTargets());
  if (found.some((line) => line.endsWith(` ${SUITE} main`))) return found;
  throw new UserError(
    "hardware.packageSources: not set, and this machine's apt knows no Debian archive to take the nodes' packages from; " +
      `expected a source like 'deb http://<mirror>/debian ${SUITE} main'. ` +
      "Run `apt-get update` and try again, or set hardware.packageSources.",
  );
}

/**
 * apt reads its lists into a cache before it answers. Where that cache is switched off, as in container images, this takes a second for
 * each command of `lab`. So it gets a cache here, which it renews by itself when a list changed.
 */
function indexTargets(): string {
  try {
    const folder = join(cache(), "apt");
    mkdirSync(folder, { recursive: true });
    const own = [`Dir::Cache=${folder}`, "Dir::Cache::pkgcache=pkgcache.bin", "Dir::Cache::srcpkgcache="];
    const options = own.flatMap((option) => ["-o", option]);
    return execFileSync("apt-get", ["indextargets", ...options, "--format", FORMAT, "Created-By: Packages"], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    });
  } catch {
    return "";
  }
}
