import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { ARCHIVE, ASSET, MARK, type Properties } from "./values.ts";

/** The outputs `assets` and `archive` of a local command: the files below `dir` that match the globs, by relative path. */
export async function collectAssets(
  dir: string,
  assetPaths: readonly string[] | undefined,
  archivePaths: readonly string[] | undefined,
): Promise<Properties> {
  if (assetPaths === undefined && archivePaths === undefined) return {};
  const files = await readdir(dir, { recursive: true, withFileTypes: true });
  const paths = files
    .filter((file) => !file.isDirectory())
    .map((file) => join(file.parentPath, file.name).slice(join(dir, "/").length))
    .sort();
  const outputs: Properties = {};
  if (assetPaths) outputs.assets = await assets(dir, matching(assetPaths, paths));
  if (archivePaths) {
    const members = await assets(dir, matching(archivePaths, paths));
    outputs.archive = { [MARK]: ARCHIVE, assets: members, hash: sha256(JSON.stringify(members)) };
  }
  return outputs;
}

/** The paths that match the globs, which apply in order: `!` excludes, `*` stays within a folder, `**` does not. */
export function matching(globs: readonly string[], paths: readonly string[]): string[] {
  const rules = globs.map((glob) => ({
    exclude: glob.startsWith("!"),
    test: expression(glob.replace(/^!/, "")),
  }));
  return paths.filter((path) => {
    const last = rules.findLast(({ test }) => test.test(path));
    return last !== undefined && !last.exclude;
  });
}

function expression(glob: string): RegExp {
  const parts = glob.split(/(\*\*|\*|\?|\{[^}]*\}|\[[^\]]*\])/).map((part) => {
    if (part === "**") return ".*";
    if (part === "*") return "[^/]*";
    if (part === "?") return "[^/]";
    if (part.startsWith("{")) return `(?:${part.slice(1, -1).split(",").map(escaped).join("|")})`;
    if (part.startsWith("[")) return part.replace(/^\[!/, "[^");
    return escaped(part);
  });
  return new RegExp(`^${parts.join("")}$`, "s");
}

const escaped = (text: string): string => text.replace(/[\\^$.|+*?()[\]{}]/g, "\\$&");

async function assets(dir: string, paths: readonly string[]): Promise<Properties> {
  const entries = paths.map(async (path) => {
    const file = join(dir, path);
    return [path, { [MARK]: ASSET, path: file, hash: sha256(await readFile(file)) }] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
}

const sha256 = (data: string | Buffer): string => createHash("sha256").update(data).digest("hex");
