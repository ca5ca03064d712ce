import type { StackConfig } from "../../src/config/schema.ts";
import { imagesOf } from "../../src/hardware/lookup.ts";
import { readStackFile } from "../../src/hardware/stack-config.ts";
import type { StoredImage } from "../../src/hardware/types.ts";
import { packagesByNode } from "../../src/plan/packages.ts";
import { plannedSteps } from "../../src/plan/planned-steps.ts";
import { lab, say } from "../measure/lab.ts";
import type { Bake } from "./figures.ts";

/** Removes the baked images of a stack and makes them again, and measures that. */
export async function bake(stack: string): Promise<Bake> {
  const config = readStackFile(stack);
  for (const image of await bakedImages(config)) {
    say(`removing ${image.alias}, to measure how long it takes to make it`);
    await imagesOf(config).remove(image);
  }
  const { seconds } = await lab(stack, "image", "bake");
  const images = await bakedImages(config);
  return { seconds, images: images.map(({ purpose, bytes }) => ({ purpose, bytes })) };
}

async function bakedImages(config: StackConfig): Promise<StoredImage[]> {
  const { wanted, stored } = imagesOf(config);
  const baked = wanted(config, packagesByNode(config, plannedSteps(config))).filter((image) => image.baked);
  return (await stored()).filter(({ alias }) => baked.some((image) => image.alias === alias));
}
