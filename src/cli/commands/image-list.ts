import type { KnownImage } from "../../run/bake.ts";
import type { CliCommand } from "../command.ts";
import { table } from "../display/table.ts";
import { gib } from "../display/text.ts";
import { writeJson } from "../json.ts";
import { openStack } from "../stack.ts";

export const imageList: CliCommand = {
  name: "list",
  summary: "images of nodes on this machine, and whether the stack would use them",
  run: async (invocation) => {
    const { context, options } = invocation;
    const stack = openStack(invocation);
    const images = await context.lab.images(stack);
    if (options.json) for (const image of images) writeJson(context.stdout, { type: "image", ...image });
    else context.stdout.write(`${lines(stack.name, images).join("\n")}\n`);
    return 0;
  },
};

function lines(stack: string, images: readonly KnownImage[]): string[] {
  if (images.length === 0) return ["There are no images of nodes on this machine."];
  const total = images.reduce((sum, { bytes }) => sum + bytes, 0);
  return [
    ...table([
      ["IMAGE", "FOR", "SIZE", "MADE", `USED BY ${stack}`],
      ...images.map((image) => [
        nameOfImage(image),
        image.purpose,
        gib(image.bytes),
        image.made.slice(0, 10),
        image.current ? "yes" : "no",
      ]),
    ]),
    "",
    `${gib(total)} in all.`,
  ];
}

/** An image whose making was cut off has a fingerprint alone. */
export const nameOfImage = ({ alias, fingerprint }: KnownImage): string => alias ?? fingerprint.slice(0, 12);
