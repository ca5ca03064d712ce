import type { Say } from "../types.ts";
import { aptSources, aptUpdate, backportsLine, writeAsRoot } from "./apt.ts";

/** The file of the source: removing it removes the source. */
const FILE = "/etc/apt/sources.list.d/scratchstack-backports.list";

/** Adds a release's backports to apt's sources where they are missing, and prints that. Upgrades nothing. */
export async function addBackports(codename: string, what: string, say: Say): Promise<void> {
  const line = backportsLine(await aptSources(), codename);
  if (line === undefined) return;
  say(`  ${what} comes from ${codename}-backports: adding that source in ${FILE}`);
  await writeAsRoot(FILE, `${line}\n`, say);
  await aptUpdate(say);
}
