import { command } from "../command.ts";
import { openStack } from "../stack.ts";
import { imagesView } from "../views/image.ts";

export const imageList = command({
  name: "list",
  summary: "list the node images on this machine, and whether the stack would use them",
  run: async (invocation) => {
    const stack = await openStack(invocation);
    imagesView(invocation, stack.name, await invocation.context.lab.images.list(stack));
    return 0;
  },
});
