import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { transformSync } from "esbuild";
import { ROOT } from "../config/paths.ts";
import type { Material } from "./site.ts";

const TEXTS = join(ROOT, "docs/handbook");
const ASSETS = join(ROOT, "src/handbook/assets");
/** The build that a script tag can load: a page that is opened from disk may not load modules. */
const MINISEARCH = join(ROOT, "node_modules/minisearch/dist/umd/index.js");

/** The texts, styles and scripts of this checkout. */
export const material = (): Material => ({
  texts: filesBelow(TEXTS, ".md"),
  styles: filesBelow(ASSETS, ".css"),
  scripts: { "minisearch.js": minisearch(), ...filesBelow(ASSETS, ".js") },
});

/**
 * Minified to a fifth of its size. Its method `fetch` gets another name: no script of a page may call `fetch`, because a page from
 * disk cannot.
 */
const minisearch = (): string =>
  transformSync(readFileSync(MINISEARCH, "utf8"), {
    minify: true,
    mangleProps: /^fetch$/,
    banner: "/* minisearch, MIT License, Luca Ongaro */",
  }).code;

/** Path → text, sorted by path. */
function filesBelow(folder: string, end: string): Record<string, string> {
  const paths = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((path) =>
    path.endsWith(end),
  );
  return Object.fromEntries(paths.sort().map((path) => [path, readFileSync(join(folder, path), "utf8")]));
}
