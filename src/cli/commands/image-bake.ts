import { shownFile } from "../../config/stack-file.ts";
import { command } from "../command.ts";
import { concludeRun, followRun } from "../follow.ts";
import { openStackToChange } from "../stack.ts";
import { bakedLines } from "../views/image.ts";

export const imageBake = command({
  name: "bake",
  summary: "make the images that have the packages of the stack's nodes; takes minutes, once",
  run: async (invocation) => {
    const { lab, stacks } = invocation.context;
    const stack = await openStackToChange(invocation);
    const { name, config } = stack;
    const { imagesOf } = await import("../../hardware/lookup.ts");
    const shown = { stack: name, verb: "bake", nodes: Object.keys(config.nodes) } as const;
    const run = await followRun(invocation, shown, ({ onEvent, signal }) =>
      lab.images.bake(stack, { onEvent, signal }),
    );
    return concludeRun(invocation, run, () =>
      bakedLines(name, run.report, imagesOf(config).areBaked(config), shownFile(name, stacks)),
    );
  },
});
