// Bundles the TypeScript of `lab` and of the plugin into a few files of JavaScript, in build/lab: from some 400 files, each command took
// most of a second longer to start. Files are written beside their place and renamed, because other commands may be starting.
import { readdirSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
/** Made by compiled.sh. As deep as src/config/paths.ts, which finds the checkout from where it is. */
const FOLDER = join(ROOT, "build/lab");
/** Milliseconds for which old files are kept: a command that is running may still load them. */
const KEPT = 7 * 24 * 3600 * 1000;

// Source that changes from now on is newer than the bundle.
const begun = new Date();
const { outputFiles } = await build({
  absWorkingDir: ROOT,
  entryPoints: { main: "src/cli/main.ts", plugin: "src/plugin/main.ts" },
  outdir: FOLDER,
  outExtension: { ".js": ".mjs" },
  bundle: true,
  splitting: true,
  packages: "external",
  platform: "node",
  format: "esm",
  target: "node20",
  sourcemap: "linked",
  write: false,
  logLevel: "error",
});
// Entry points last: they refer to the other files, whose names change with their content.
const isEntry = ({ path }) => /^(main|plugin)\.mjs/.test(basename(path));
for (const file of outputFiles.sort((a, b) => isEntry(a) - isEntry(b))) put(file.path, file.contents);
put(join(FOLDER, "compiled"), "");
for (const name of readdirSync(FOLDER)) {
  const path = join(FOLDER, name);
  const isOld = statSync(path).mtimeMs < Date.now() - KEPT;
  if (isOld && !outputFiles.some((file) => file.path === path)) rmSync(path, { force: true });
}

function put(path, contents) {
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, contents);
  utimesSync(draft, begun, begun);
  renameSync(draft, path);
}
