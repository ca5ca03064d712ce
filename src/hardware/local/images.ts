import { UserError } from "../../config/errors.ts";
import { runLocal } from "../../transport/local.ts";
import type { NodeImage, Packages, StoredImage } from "../types.ts";
import { bakedRecipe } from "./bake.ts";
import type { LocalStack } from "./config.ts";
import { ALIAS, FOR, imageAlias, imageRemoval, imageScript, MAKER } from "./image.ts";
import type { Recipe } from "./recipe.ts";

/** The image of all nodes, then the baked ones: nodes with the same packages share one. @param directory where images are cached */
export function plannedImages(
  config: LocalStack,
  packages: Packages,
  base: Recipe,
  directory: string,
): NodeImage[] {
  const nodes = Object.keys(config.nodes);
  const byAlias = new Map<string, { recipe: Recipe; nodes: string[] }>();
  for (const node of nodes) {
    const recipe = bakedRecipe(base, packages[node] ?? []);
    const alias = imageAlias(recipe);
    byAlias.set(alias, { recipe, nodes: [...(byAlias.get(alias)?.nodes ?? []), node] });
  }
  byAlias.delete(imageAlias(base));
  return [
    { alias: imageAlias(base), nodes, baked: false, script: imageScript(base, directory) },
    ...[...byAlias].map(([alias, { recipe, nodes }]) => {
      const purpose = `${nodes.join(", ")} of ${config.lab}`;
      return { alias, nodes, baked: true, script: imageScript(recipe, directory, purpose) };
    }),
  ];
}

/** What Incus tells of an image, as far as it is wanted here. */
interface IncusImage {
  readonly aliases?: readonly { readonly name: string }[] | null;
  readonly fingerprint: string;
  readonly size: number;
  readonly created_at: string;
  readonly properties?: Readonly<Record<string, string>> | null;
}

/** Those of Incus' images that are ours, oldest first. @param json answer of `/1.0/images?recursion=1` */
export function ourImages(json: string): StoredImage[] {
  const all = JSON.parse(json) as IncusImage[];
  return all
    .flatMap(({ aliases, fingerprint, size, created_at, properties }): StoredImage[] => {
      const alias = aliases?.map(({ name }) => name).find((name) => name.startsWith(ALIAS)) ?? null;
      const nameless = (aliases ?? []).length === 0 && properties?.description === "scratchstack node";
      if (alias === null && !nameless) return [];
      const purpose = properties?.[FOR] ?? "any node";
      const by = properties?.[MAKER] ?? null;
      return [{ alias, fingerprint, purpose, bytes: size, made: created_at, by }];
    })
    .sort((a, b) => a.made.localeCompare(b.made));
}

export async function storedImages(): Promise<StoredImage[]> {
  return ourImages(await incus("incus query '/1.0/images?recursion=1'"));
}

export async function removeImage(image: StoredImage, directory: string): Promise<void> {
  await incus(imageRemoval(image, directory));
}

async function incus(command: string): Promise<string> {
  const { code, stdout, stderr } = await runLocal({ command });
  if (code === 0) return stdout;
  throw new UserError(`incus: ${stderr.trim()}. Run \`scripts/lab doctor\`.`, 1);
}
