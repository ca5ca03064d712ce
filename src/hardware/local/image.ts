import { quote } from "../../actions/quote.ts";
import { shortHash } from "../hash.ts";
import { customizeScript, type Recipe } from "./recipe.ts";

/** Two recipes that are built alike have the same. */
const imageHash = (recipe: Recipe): string => shortHash(build(recipe));

/** Incus' name for the image of a recipe. */
export const imageAlias = (recipe: Recipe): string => `scratchstack-node-${imageHash(recipe)}`;

/**
 * Shell that makes sure Incus has the image: built once, kept as `<hash>.tar` in the cache, imported once. Two runs at
 * once wait for each other; one that was killed leaves only a `.partial` folder, which the next one clears.
 * @param directory where images are cached
 */
export function imageScript(recipe: Recipe, directory: string): string {
  const alias = imageAlias(recipe);
  const base = `${directory}/${imageHash(recipe)}`;
  return `set -eu
base=${quote(base)} alias=${quote(alias)}
mkdir -p ${quote(directory)}
exec 9> "$base.lock"
flock 9
if incus image alias list --format csv | cut -d, -f1 | grep -qxF "$alias"; then
  echo "node image $alias is there"
  exit 0
fi
if [ ! -e "$base.tar" ]; then
${build(recipe)}
fi
echo "importing node image $alias"
fingerprint=$(cat "$base.meta.tar" "$base.tar" | sha256sum | cut -d' ' -f1)
# It is there without its alias when an import was killed in between.
incus image show "$fingerprint" > /dev/null 2>&1 || incus image import "$base.meta.tar" "$base.tar"
incus image alias create "$alias" "$fingerprint"
`;
}

/** The package index stays, so that a node can install at once; policy-rc.d is ours and must not be taken away. */
function build(recipe: Recipe): string {
  return `work=$base.partial
rm -rf "$work"
mkdir -p "$work"
echo "making node image $alias: Debian ${recipe.suite} with mmdebstrap"
printf %s ${quote(customizeScript(recipe))} > "$work/customize"
chmod 0755 "$work/customize"
${mmdebstrap(recipe)} --variant=minbase --include=${quote(recipe.packages.join(","))} --format=tar \\
  --skip=cleanup/apt/lists,chroot/policy-rc.d --customize-hook="$work/customize" \\
  ${quote(recipe.suite)} "$work/root.tar" ${recipe.sources.map(quote).join(" ")} < /dev/null 2>&1
printf '{"architecture": "%s", "creation_date": %s, "properties": {"description": "scratchstack node"}}\\n' \\
  "$(uname -m)" "$(date +%s)" > "$work/metadata.yaml"
tar -C "$work" --owner=0 --group=0 -cf "$base.meta.tar" metadata.yaml
mv "$work/root.tar" "$base.tar"
rm -rf "$work"`;
}

/** The start of an mmdebstrap command with the recipe's apt and dpkg settings. */
function mmdebstrap(recipe: Pick<Recipe, "apt" | "dpkg">): string {
  const apt = recipe.apt.map((line) => `--aptopt=${quote(line)}`);
  const dpkg = recipe.dpkg.map((line) => `--dpkgopt=${quote(line)}`);
  return ["mmdebstrap --quiet", ...apt, ...dpkg].join(" ");
}
