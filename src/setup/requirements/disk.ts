import { statfs } from "node:fs/promises";
import { dirname } from "node:path";
import { cache } from "../../config/paths.ts";
import type { Finding, Requirement } from "../types.ts";

const GIB = 2 ** 30;

/** The nodes take 8 GiB, their packages and the engine 4. Building the engine takes 4 more for that time. */
export function diskFinding(bytes: number): Finding {
  const gib = bytes / GIB;
  const state = gib >= 20 ? "ok" : gib >= 12 ? "warn" : "missing";
  return { found: `${gib.toFixed(0)} GiB free`, state };
}

async function free(path: string): Promise<number> {
  const found = await statfs(path).catch(() => undefined);
  if (found !== undefined) return found.bavail * found.bsize;
  return path === dirname(path) ? 0 : free(dirname(path));
}

export const disk: Requirement = {
  id: "disk",
  title: "free disk space",
  neededBy: "the nodes, their packages, the engine",
  probe: async () => diskFinding(Math.min(await free("/var/lib/incus"), await free(cache()))),
  fix: {
    text: "free 20 GiB on the file systems of /var/lib/incus and of the cache folder, or set SCRATCHSTACK_CACHE to a folder elsewhere",
  },
};
