import { UserError } from "../../config/errors.ts";
import type { KnownImage } from "../../run/bake.ts";
import type { CliCommand, Invocation } from "../command.ts";
import { gib } from "../display/text.ts";
import { writeJson } from "../json.ts";
import { openStack } from "../stack.ts";
import { nameOfImage } from "./image-list.ts";

export const imageRemove: CliCommand = {
  name: "remove",
  summary: "remove the images that the stack does not use; nodes that stand stay",
  options: [
    ["--all", "also those that it uses"],
    ["--yes", "do not ask"],
  ],
  run: async (invocation) => {
    const { context, options } = invocation;
    const stack = openStack(invocation);
    if (!options.yes && !context.stdin.isTTY) {
      throw new UserError(
        "image remove asks before it removes, and there is no terminal to ask at. Say --yes to remove them.",
      );
    }
    const superfluous = (await context.lab.images(stack)).filter(({ current }) => options.all || !current);
    if (superfluous.length === 0) {
      tell(
        invocation,
        options.all ? "There is no image to remove." : `There is no image that ${stack.name} does not use.`,
        superfluous,
      );
      return 0;
    }
    if (!options.yes && !(await agreed(invocation, superfluous))) {
      tell(invocation, "All images were left.", []);
      return 1;
    }
    for (const image of superfluous) await context.lab.removeImage(stack, image);
    tell(invocation, `Removed: ${superfluous.map(nameOfImage).join(", ")}.`, superfluous);
    return 0;
  },
};

function tell({ context, options }: Invocation, text: string, removed: readonly KnownImage[]): void {
  if (options.json) writeJson(context.stdout, { type: "summary", removed: removed.map(nameOfImage) });
  else context.stdout.write(`${text}\n`);
}

async function agreed({ context }: Invocation, images: readonly KnownImage[]): Promise<boolean> {
  const lines = images.map((image) => `  - ${nameOfImage(image)}, ${image.purpose}, ${gib(image.bytes)}`);
  const question =
    `This removes ${images.length} images; nodes made of them stay, the next ones take longer to make:\n` +
    `${lines.join("\n")}\nGo on? [y/N] `;
  return /^y(es)?$/i.test((await context.stdin.ask(question)).trim());
}
