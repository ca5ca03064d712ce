import { programText } from "../../config/program-text.ts";
import { quote } from "../../config/quote.ts";
import { shortHash } from "../hash.ts";
import type { GuestRecipe } from "./recipe.ts";

/** Folder of this machine that holds a guest. @param cache see `cache()` in config/paths.ts */
export const guestDirectory = (recipe: GuestRecipe, cache: string): string =>
  `${cache}/guest/${shortHash(build(recipe))}`;

/**
 * Shell that makes `vmlinuz`, `initrd.gz` and `blank.qcow2` in a folder, once. The folder itself is never replaced:
 * nodes have it mounted, perhaps since before it was filled. `vmlinuz` comes last, so where it is, all is.
 */
export function guestScript(recipe: GuestRecipe, directory: string): string {
  return `set -eu
directory=${quote(directory)}
mkdir -p "$directory"
# Nodes read it as another user.
chmod 0755 "$directory"
exec 9> "$directory.lock"
flock 9
if [ -e "$directory/vmlinuz" ]; then
  echo "guest image is there"
  exit 0
fi
${build(recipe)}
`;
}

function build(recipe: GuestRecipe): string {
  const proxy = recipe.proxy === null ? "" : ` --aptopt=${quote(`Acquire::http::Proxy "${recipe.proxy}";`)}`;
  const files = Object.entries(recipe.files).map(
    ([path, text]) =>
      `mkdir -p "$root"${quote(path.replace(/\/[^/]*$/, "/"))}\n` +
      `printf %s ${quote(text)} > "$root"${quote(path)}` +
      (text.startsWith("#!") ? `\nchmod 0755 "$root"${quote(path)}` : ""),
  );
  return programText("hardware/guest/make.sh", {
    SUITE: recipe.suite,
    QUOTED_SUITE: quote(recipe.suite),
    PROXY_OPTION: proxy,
    PACKAGES: quote(recipe.packages.join(",")),
    SOURCES: recipe.sources.map(quote).join(" "),
    PROGRAMS: recipe.programs.map(quote).join(" "),
    MODULES: recipe.modules.map(quote).join(" "),
    FILES: files.join("\n"),
  });
}
