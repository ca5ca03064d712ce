import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";

/** Days after which the cache fetches the indices again, so that security updates arrive within a week. */
const INDEX_DAYS = 7;

const DAY = 24 * 60 * 60 * 1000;

/** Names of files that change under the same address; the daemon writes a `.head` file beside each. */
const CHANGING =
  /^(InRelease|Release|Release\.gpg|(Packages|Sources|Translation-[^/]*)(\.[a-z0-9]+)?)(\.head)?$/;

/** Index files in the cache's folder, without those that never change: packages, and index files that are named by their hash. */
async function indexFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const found: string[] = [];
  for (const entry of entries) {
    if (entry.isDirectory()) {
      if (entry.name !== "pool" && entry.name !== "by-hash")
        found.push(...(await indexFiles(join(folder, entry.name))));
    } else if (CHANGING.test(entry.name)) found.push(join(folder, entry.name));
  }
  return found;
}

/**
 * Removes all index files once the oldest is older than `days`, so that the cache fetches them again. All of them, because
 * they refer to one another.
 * @returns how many files were removed
 */
export async function removeIndices(folder: string, days = INDEX_DAYS, now = Date.now()): Promise<number> {
  const files = await indexFiles(folder);
  const ages = await Promise.all(
    files.map(async (file) => now - (await stat(file).catch(() => ({ mtimeMs: now }))).mtimeMs),
  );
  if (!ages.some((age) => age >= days * DAY)) return 0;
  await Promise.all(files.map((file) => rm(file, { force: true })));
  return files.length;
}
