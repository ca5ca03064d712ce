import type { Say } from "../types.ts";
import { aptSources, aptUpdate, backportsLine, writeAsRoot } from "./apt.ts";

/** Our file: taken away, it takes the source along. */
const FILE = "/etc/apt/sources.list.d/scratchstack-backports.list";

/** Makes a release's backports available, where they are not, after saying so. Nothing is upgraded by that alone. */
export async function addBackports(codename: string, what: string, say: Say): Promise<void> {
  const line = backportsLine(await aptSources(), codename);
  if (line === undefined) return;
  say(`  ${what} comes from ${codename}-backports: adding that source in ${FILE}`);
  await writeAsRoot(FILE, `${line}\n`, say);
  await aptUpdate(say);
}
