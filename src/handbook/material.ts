import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../config/paths.ts";
import type { Material } from "./site.ts";

const TEXTS = join(ROOT, "docs/handbook");
const ASSETS = join(ROOT, "src/handbook/assets");
/** Its build that a page can load with a script tag; a page that is opened from disk may not load modules. */
const MINISEARCH = join(ROOT, "node_modules/minisearch/dist/umd/index.js");

/** What this checkout holds for handbooks. */
export const material = (): Material => ({
  texts: filesBelow(TEXTS, ".md"),
  styles: filesBelow(ASSETS, ".css"),
  scripts: { "minisearch.js": readFileSync(MINISEARCH, "utf8"), ...filesBelow(ASSETS, ".js") },
});

/** Path → text, in order of the paths. */
function filesBelow(folder: string, end: string): Record<string, string> {
  const paths = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((path) =>
    path.endsWith(end),
  );
  return Object.fromEntries(paths.sort().map((path) => [path, readFileSync(join(folder, path), "utf8")]));
}
