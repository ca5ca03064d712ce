import { pathToFileURL } from "node:url";
import type { Written } from "../../handbook/index.ts";
import type { Invocation } from "../command.ts";
import { show } from "./show.ts";

/** @param built whether the stack exists */
export function handbookView(invocation: Invocation, stack: string, built: boolean, written: Written): void {
  show(
    invocation,
    () => [
      `${written.folder}: ${written.pages} pages. Open ${pathToFileURL(written.start)} in a browser; print.html is all of it on one page.`,
    ],
    () => [{ type: "handbook", stack, ...written }],
  );
  if (invocation.options.json) return;
  const { stderr } = invocation.context;
  if (!built)
    stderr.write(`${stack} is not built: words in capitals stand for what only a built lab knows.\n`);
  if (written.secret)
    stderr.write("It holds this lab's passwords: only you can read it. --share leaves them out.\n");
}
