import type { CliGroup } from "../command.ts";
import { imageBake } from "./image-bake.ts";
import { imageList } from "./image-list.ts";
import { imageRemove } from "./image-remove.ts";

export const image: CliGroup = {
  name: "image",
  summary: "node images that have the packages installed, so that nodes are made faster",
  commands: [imageBake, imageList, imageRemove],
};
