import type { KnownImage } from "../../run/bake.ts";
import { command } from "../command.ts";
import { confirmation } from "../confirm.ts";
import { openStackToChange } from "../stack.ts";
import { nameOfImage, removedView } from "../views/image.ts";
import { gib } from "../views/text.ts";

export const imageRemove = command({
  name: "remove",
  summary: "remove the images that the stack does not use; nodes that exist stay",
  options: [
    ["--others", "also those that another user made, or you with another SCRATCHSTACK_HOME"],
    ["--all", "also those that it uses"],
    ["--yes", "do not ask"],
  ],
  run: async (invocation) => {
    const { context, options } = invocation;
    const { images } = context.lab;
    const stack = await openStackToChange(invocation);
    const confirm = confirmation(invocation, {
      asks: "image remove asks before it removes",
      instead: "Use --yes to remove them.",
    });
    const found = (await images.list(stack)).filter(({ current }) => options.all || !current);
    const unused = found.filter(({ others }) => options.others || !others);
    const left = found.filter((image) => !unused.includes(image));
    for (const image of left) {
      context.stderr.write(`${nameOfImage(image)} is left: ${image.by} made it; --others removes it too.\n`);
    }
    const none = options.all
      ? "There is no image to remove."
      : `There is no image that ${stack.name} does not use.`;
    if (unused.length === 0) {
      removedView(invocation, stack.name, none, unused);
      return 0;
    }
    if (!(await confirm(() => question(unused)))) {
      removedView(invocation, stack.name, "All images were left.", []);
      return 1;
    }
    for (const image of unused) await images.remove(stack, image);
    removedView(invocation, stack.name, `Removed: ${unused.map(nameOfImage).join(", ")}.`, unused);
    return 0;
  },
});

const question = (images: readonly KnownImage[]): string =>
  [
    `This removes ${images.length} images; nodes made of them stay, the next ones take longer to make:`,
    ...images.map(
      (image) => `  - ${nameOfImage(image)}, ${image.purpose}, ${gib(image.bytes)}${made(image)}`,
    ),
    "Go on?",
  ].join("\n");

const made = ({ others, by }: KnownImage): string => (others ? `, made by ${by}` : "");
