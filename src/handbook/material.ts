import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { transformSync } from "esbuild";
import { ROOT } from "../config/paths.ts";
import type { Material } from "./site.ts";

const TEXTS = join(ROOT, "docs/handbook");
const ASSETS = join(ROOT, "src/handbook/assets");
/** The build that a script tag can load: a page that is opened from disk may not load modules. */
const MINISEARCH = join(ROOT, "node_modules/minisearch/dist/umd/index.js");

/** What this checkout holds for handbooks. */
export const material = (): Material => ({
  texts: filesBelow(TEXTS, ".md"),
  styles: filesBelow(ASSETS, ".css"),
  scripts: { "minisearch.js": minisearch(), ...filesBelow(ASSETS, ".js") },
});

/**
 * A fifth of its size without comments and long names. One of its methods is called `fetch`: it gets another name, so that no
 * script of a page has a call of that name, which a page from disk may not make.
 */
const minisearch = (): string =>
  transformSync(readFileSync(MINISEARCH, "utf8"), {
    minify: true,
    mangleProps: /^fetch$/,
    banner: "/* minisearch, MIT License, Luca Ongaro */",
  }).code;

/** Path → text, in order of the paths. */
function filesBelow(folder: string, end: string): Record<string, string> {
  const paths = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((path) =>
    path.endsWith(end),
  );
  return Object.fromEntries(paths.sort().map((path) => [path, readFileSync(join(folder, path), "utf8")]));
}
