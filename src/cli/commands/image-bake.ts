import { LAB } from "../../config/paths.ts";
import { shownFile } from "../../config/stack-file.ts";
import { imagesOf } from "../../hardware/lookup.ts";
import type { CliCommand } from "../command.ts";
import { duration } from "../display/text.ts";
import { concluded, followed } from "../follow.ts";
import { openStack } from "../stack.ts";

export const imageBake: CliCommand = {
  name: "bake",
  summary: "make the images with the packages of the stack's nodes; takes minutes, once",
  run: async (invocation) => {
    const { context } = invocation;
    const stack = openStack(invocation);
    const { name, config } = stack;
    const run = await followed(invocation, "bake", Object.keys(config.nodes), ({ onEvent, signal }) =>
      context.lab.bake(stack, { onEvent, signal }),
    );
    const { ok, changed, unchanged, seconds } = run.report;
    return concluded(invocation, run, () => [
      `Images of ${name}: ${changed} made, ${unchanged} there already, in ${duration(seconds)}.`,
      ...(ok ? [switchedOn(imagesOf(config).areBaked(config), shownFile(name, context.stacks))] : []),
    ]);
  },
};

const switchedOn = (on: boolean, file: string): string =>
  on
    ? `Nodes that ${LAB} up makes from now on are made of them.`
    : `No node is made of them yet. To switch them on, say in ${file}: scratchstack:hardware: { bakedImages: true }`;
