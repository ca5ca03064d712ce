import { quote } from "../../config/quote.ts";
import { shortHash } from "../hash.ts";
import { makerInWords } from "../state-mark.ts";
import type { StoredImage } from "../types.ts";
import { REACH_INCUS } from "./names.ts";
import { customizeScript, type Recipe } from "./recipe.ts";

/** Two recipes that are built alike have the same. */
const imageHash = (recipe: Recipe): string => shortHash(build(recipe));

/** What the names of all images of nodes begin with. */
export const ALIAS = "scratchstack-node-";

/** Property of an image in Incus: what it is for, in words. */
export const FOR = "scratchstack.for";

/** Property of an image in Incus: who made it (`makerInWords`). */
export const MAKER = "scratchstack.by";

/** Incus' name for the image of a recipe. */
export const imageAlias = (recipe: Recipe): string => `${ALIAS}${imageHash(recipe)}`;

/**
 * Shell that makes sure Incus has the image: built once, kept as `<hash>.tar` in the cache, imported once. Two runs at
 * once wait for each other; one that was killed leaves only a `.partial` folder, which the next one clears. Of a baked
 * image the cache keeps nothing: it is large.
 * @param directory where images are cached
 * @param purpose what it is for, in words: noted in the image, not part of its name
 * @param maker who makes it, likewise. @default this user, with this data folder
 */
export function imageScript(
  recipe: Recipe,
  directory: string,
  purpose = "any node",
  maker = makerInWords(),
): string {
  const alias = imageAlias(recipe);
  const base = `${directory}/${imageHash(recipe)}`;
  const forget = recipe.baked === undefined ? ":" : 'rm -f "$base.tar" "$base.meta.tar"';
  return `set -eu
base=${quote(base)} alias=${quote(alias)} purpose=${quote(JSON.stringify(purpose))}
mkdir -p ${quote(directory)}
exec 9> "$base.lock"
flock 9
if incus image alias list --format csv | cut -d, -f1 | grep -qxF "$alias"; then
  echo "node image $alias is there"
  ${forget}
  exit 0
fi
if [ ! -e "$base.tar" ]; then
${build(recipe)}
fi
echo "importing node image $alias"
fingerprint=$(cat "$base.meta.tar" "$base.tar" | sha256sum | cut -d' ' -f1)
# It is there without its alias when an import was killed in between.
incus image show "$fingerprint" > /dev/null 2>&1 || incus image import --quiet "$base.meta.tar" "$base.tar"
incus image set-property "$fingerprint" ${MAKER} ${quote(maker)}
incus image alias create "$alias" "$fingerprint"
${forget}
`;
}

/**
 * Shell that takes an image away, with what the cache has of it, once nobody is making it. Nodes made of it stay.
 * @param alias null for an image whose import was interrupted
 */
export function imageRemoval(image: StoredImage, directory: string): string {
  const { alias, fingerprint } = image;
  const hash = alias === null ? "nameless" : alias.slice(ALIAS.length);
  return `set -eu
${REACH_INCUS}
base=${quote(`${directory}/${hash}`)} image=${quote(fingerprint)}
mkdir -p ${quote(directory)}
exec 9> "$base.lock"
flock 9
! incus image show "$image" > /dev/null 2>&1 || incus image delete "$image"
rm -rf "$base.tar" "$base.meta.tar" "$base.partial"
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
# Here a run that was killed leaves nothing behind, and there is room. Users other than root unpack as somebody else yet.
[ "$(id -u)" != 0 ] || export TMPDIR="$work"
${mmdebstrap(recipe)} --variant=minbase --include=${quote(recipe.packages.join(","))} --format=tar \\
  --skip=cleanup/apt/lists,chroot/policy-rc.d --customize-hook="$work/customize" \\
  ${quote(recipe.suite)} "$work/root.tar" ${recipe.sources.map(quote).join(" ")} < /dev/null 2>&1
printf '{"architecture": "%s", "creation_date": %s, "properties": {"description": "scratchstack node", "${FOR}": %s}}\\n' \\
  "$(uname -m)" "$(date +%s)" "$purpose" > "$work/metadata.yaml"
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
