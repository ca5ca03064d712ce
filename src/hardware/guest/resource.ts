import { local } from "@pulumi/command";
import type { Resource } from "@pulumi/pulumi";
import type { Fetching } from "../proxy.ts";
import type { GuestRecipe } from "./recipe.ts";
import { guestScript } from "./script.ts";

/** The guest's files on this machine. They stay when the lab goes: the next one need not make them again. */
export function guestImage(
  recipe: GuestRecipe,
  directory: string,
  parent: Resource,
  after: Resource[],
  fetching: Fetching,
): local.Command {
  return new local.Command(
    "hardware/guest-image",
    { create: guestScript(recipe, directory), ...fetching },
    // Nodes wait for their own images, nobody waits for this one yet: it gets the processor afterwards.
    { parent, dependsOn: after },
  );
}
