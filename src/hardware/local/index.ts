import { cache } from "../../config/paths.ts";
import type { StackOn } from "../../config/schema.ts";
import type { Hardware } from "../types.ts";
import { checkpoints } from "./checkpoints.ts";
import { plannedImages, removeImage, storedImages } from "./images.ts";
import { placeOf } from "./places.ts";
import { examine } from "./preflight.ts";
import { nodeRecipe } from "./recipe.ts";
import { supply } from "./supply.ts";

const imageDirectory = (): string => `${cache()}/image`;

/** Incus system containers on this machine. */
export const local: Hardware = {
  places: (config: StackOn<"local">) => Object.keys(config.nodes).map((name) => placeOf(config, name)),
  preflight: async (stack, config: StackOn<"local">) => (await examine(stack, config)).problems,
  images: {
    wanted: (config: StackOn<"local">, packages) => {
      const { sources, proxy } = supply(config);
      return plannedImages(config, packages, nodeRecipe(sources, proxy), imageDirectory());
    },
    stored: storedImages,
    remove: (image) => removeImage(image, imageDirectory()),
  },
  checkpoints,
};
