import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { ROOT } from "../../config/paths.ts";
import { sha256Of } from "../engine/download.ts";
import type { Requirement } from "../types.ts";

/** `scripts/setup` writes the checksum of the lock file here when it runs `npm ci`. */
const STAMP = join(ROOT, "node_modules/.scratchstack-lock");

export const npmPackages: Requirement = {
  id: "npm-packages",
  title: "npm packages",
  neededBy: "this program",
  async probe() {
    const made = (await readFile(STAMP, "utf8").catch(() => "")).trim();
    const wanted = await sha256Of(join(ROOT, "package-lock.json"));
    if (made === wanted) return { found: "as package-lock.json says", state: "ok" };
    return {
      found: made === "" ? "not installed by scripts/setup" : "from another package-lock.json",
      state: "warn",
    };
  },
  fix: { text: "scripts/setup" },
};
