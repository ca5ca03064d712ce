import type { CliGroup } from "../command.ts";
import { imageBake } from "./image-bake.ts";
import { imageList } from "./image-list.ts";
import { imageRemove } from "./image-remove.ts";

export const image: CliGroup = {
  name: "image",
  summary: "images that hold the nodes' packages, so that they are paid for once",
  commands: [imageBake, imageList, imageRemove],
};
